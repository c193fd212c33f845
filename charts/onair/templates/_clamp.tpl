{{/* The clamp keeps others' writes at floor and ceiling; docs/adr/0018 says why it is as it is. */}}

{{/* Whether there is one: "yes" or nothing. */}}
{{- define "onair.clamped" -}}
{{- if and .Values.clamp.enabled (eq .Values.mode "enforce") (.Capabilities.APIVersions.Has "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy") }}yes{{ end }}
{{- end }}

{{/* What a policy of the clamp begins with: its name (policies are cluster-wide) and its labels. */}}
{{- define "onair.clamp.policy" -}}
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata:
  name: {{ include "onair.clamp.name" . | quote }}
  labels: {{- include "onair.labels" .root | nindent 4 }}
  {{- if .kept }}
  annotations: {helm.sh/resource-policy: keep}
  {{- end }}
{{- end }}

{{- define "onair.clamp.name" -}}
{{ .root.Release.Name }}.{{ .root.Release.Namespace }}.{{ .name }}
{{- end }}

{{/* Who is not us: every client that does not write as the field manager `onair`. */}}
{{- define "onair.clamp.others" -}}
request.options.?fieldManager.orValue("") != "onair"
{{- end }}

{{/* The binding of a policy to the namespaces of this release. */}}
{{- define "onair.clamp.binding" -}}
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata:
  name: {{ include "onair.clamp.name" . | quote }}
  labels: {{- include "onair.labels" .root | nindent 4 }}
  {{- if .kept }}
  annotations: {helm.sh/resource-policy: keep}
  {{- end }}
spec:
  policyName: {{ include "onair.clamp.name" . | quote }}
  {{- if .entries }}
  paramRef:
    selector: {matchLabels: {app.kubernetes.io/managed-by: onair}}
    parameterNotFoundAction: Allow
  {{- end }}
  {{- with .root.Values.namespaces }}
  matchResources:
    namespaceSelector:
      matchExpressions:
      - key: kubernetes.io/metadata.name
        operator: In
        values: {{- toJson . | nindent 10 }}
  {{- end }}
{{- end }}

{{/* The floor in a ledger entry, the parameter of a policy: `[24, "2027-01-09T19:00:00+00:00"]`. */}}
{{- define "onair.clamp.floor" -}}
int(params.metadata.annotations["onair.dev/last-floor"].split(",")[0].substring(1))
{{- end }}

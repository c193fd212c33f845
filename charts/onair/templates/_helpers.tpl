{{/* Labels of every object. */}}
{{- define "onair.labels" -}}
{{ include "onair.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* Labels of every pod of this release. */}}
{{- define "onair.selector" -}}
app.kubernetes.io/name: onair
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Labels of the operator's pod alone. */}}
{{- define "onair.operator" -}}
{{ include "onair.selector" . }}
app.kubernetes.io/component: operator
{{- end }}

{{/* What the operator's pod and the restoring one have in common. */}}
{{- define "onair.pod" -}}
serviceAccountName: {{ .Release.Name }}
automountServiceAccountToken: true
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  seccompProfile: {type: RuntimeDefault}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
- name: {{ . }}
{{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 0 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What their containers have in common. */}}
{{- define "onair.container" -}}
image: {{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
env:
- name: POD_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- with .Values.resources }}
resources: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The arguments that `onair run` and `onair restore` share. */}}
{{- define "onair.arguments" -}}
- --identity=$(POD_NAME)
- --lease-namespace={{ .Release.Namespace }}
{{- with .Values.namespaces }}
- --namespaces={{ join "," . }}
{{- end }}
{{- end }}

{{/* Something if the operator that runs now observes; nothing if it enforces or is unknown. */}}
{{- define "onair.observesAlready" -}}
{{- $live := lookup "apps/v1" "Deployment" .Release.Namespace .Release.Name }}
{{- range dig "spec" "template" "spec" "containers" list $live }}
{{- if has "--mode=observe" .args }}yes{{ end }}
{{- end }}
{{- end }}

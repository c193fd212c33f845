{{/* Labels of every object. */}}
{{- define "onair.labels" -}}
{{ include "onair.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: "{{ .Chart.Name }}-{{ .Chart.Version }}"
{{- end }}

{{/* Labels of every pod of this release. */}}
{{- define "onair.selector" -}}
app.kubernetes.io/name: onair
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of the operator's pod alone. */}}
{{- define "onair.operator" -}}
{{ include "onair.selector" . }}
app.kubernetes.io/component: operator
{{- end }}

{{/* What the operator's pod and the restoring one have in common. */}}
{{- define "onair.pod" -}}
serviceAccountName: {{ .Release.Name | quote }}
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
- name: {{ . | quote }}
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
{{- with .Values.image }}
image: "{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ with .digest }}@{{ . }}{{ end }}"
{{- end }}
imagePullPolicy: {{ .Values.image.pullPolicy | quote }}
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
- "--lease-namespace={{ .Release.Namespace }}"
{{- with .Values.namespaces }}
- "--namespaces={{ join "," . }}"
{{- end }}
{{- end }}

{{/* How far the rights of this release go, for the next upgrade to know. */}}
{{- define "onair.reach" -}}
onair.dev/mode: {{ .Values.mode | quote }}
onair.dev/namespaces: {{ .Values.namespaces | default list | sortAlpha | join "," | quote }}
{{- end }}

{{/* How far they go now, before this upgrade; nothing where none is installed. */}}
{{- define "onair.live" -}}
{{- lookup "rbac.authorization.k8s.io/v1" "RoleBinding" .Release.Namespace (printf "%s-lease" .Release.Name)
    | dig "metadata" "annotations" dict | toYaml }}
{{- end }}

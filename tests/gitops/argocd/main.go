// Command argocd compares manifests with a cluster and heals what differs, as Argo CD does it.
//
// Usage: argocd APPLICATION.yaml MANIFESTS.yaml, with KUBECONFIG in the environment. It prints the
// objects that are out of sync. If there is one it syncs, which applies all of them.
//
// Comparing and applying are Argo CD's own packages. What a sync with RespectIgnoreDifferences
// applies is the manifest with the ignored fields as they are live (controller/sync.go,
// normalizeTargetResources, which cannot be imported); Normalize, which decides what is ignored,
// is theirs again.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/tracing"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	jsonpatch "github.com/evanphx/json-patch"
	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/kubectl/pkg/cmd/util"
	"sigs.k8s.io/yaml"
)

type objects []*unstructured.Unstructured

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, application, manifests string) error {
	settings, targets, err := read(application, manifests)
	if err != nil {
		return err
	}
	cluster, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	if err != nil {
		return err
	}
	kubectl := &kube.KubectlCmd{Log: logr.Discard(), Tracer: tracing.NopTracer{}}
	lives := make(objects, len(targets))
	for i, target := range targets {
		kind, name, namespace := target.GroupVersionKind(), target.GetName(), target.GetNamespace()
		lives[i], err = kubectl.GetResource(ctx, cluster, kind, name, namespace)
		if err != nil && !errors.IsNotFound(err) {
			return err
		}
	}
	comparing, err := comparison(settings, cluster, kubectl)
	if err != nil {
		return err
	}
	result, err := diff.StateDiffs(lives, targets, comparing)
	if err != nil {
		return err
	}
	for i, compared := range result.Diffs {
		if compared.Modified {
			fmt.Println(targets[i].GetKind(), targets[i].GetName())
		}
	}
	if !result.Modified {
		return nil
	}
	return apply(ctx, settings, lives, targets, comparing, cluster, kubectl)
}

func read(application, manifests string) (*v1alpha1.Application, objects, error) {
	text, err := os.ReadFile(application)
	if err != nil {
		return nil, nil, err
	}
	settings := &v1alpha1.Application{}
	if err := yaml.UnmarshalStrict(text, settings); err != nil {
		return nil, nil, err
	}
	if text, err = os.ReadFile(manifests); err != nil {
		return nil, nil, err
	}
	targets, err := kube.SplitYAML(bytes.TrimSpace(text))
	return settings, targets, err
}

// comparison is what controller/state.go configures for an application with default settings.
func comparison(
	settings *v1alpha1.Application, cluster *rest.Config, kubectl kube.Kubectl,
) (diff.DiffConfig, error) {
	_, parser, err := kubectl.LoadOpenAPISchema(cluster)
	if err != nil {
		return nil, err
	}
	return diff.NewDiffConfigBuilder().
		WithDiffSettings(
			settings.Spec.IgnoreDifferences, nil, false, normalizers.IgnoreNormalizerOpts{},
		).
		WithTracking(common.LabelKeyAppInstance, string(v1alpha1.TrackingMethodAnnotation)).
		WithNoCache().
		WithGVKParser(parser).
		WithManager(common.ArgoCDSSAManager).
		WithStructuredMergeDiff(settings.Spec.SyncPolicy.SyncOptions.HasOption("ServerSideApply=true")).
		Build()
}

func apply(
	ctx context.Context, settings *v1alpha1.Application, lives, targets objects,
	comparing diff.DiffConfig, cluster *rest.Config, kubectl kube.Kubectl,
) error {
	wanted := settings.Spec.SyncPolicy.SyncOptions
	if wanted.HasOption("RespectIgnoreDifferences=true") {
		normalized, err := diff.Normalize(lives, targets, comparing)
		if err != nil {
			return err
		}
		for i := range targets {
			if lives[i] == nil {
				continue
			}
			targets[i], err = respected(normalized.Lives[i], lives[i], normalized.Targets[i])
			if err != nil {
				return err
			}
		}
	}
	operations, clean, err := kubectl.ManageResources(cluster)
	if err != nil {
		return err
	}
	defer clean()
	serverSide := wanted.HasOption("ServerSideApply=true")
	for _, target := range targets {
		_, err := operations.ApplyResource(
			ctx, target, util.DryRunNone, false, true, serverSide, common.ArgoCDSSAManager,
		)
		if err != nil {
			return err
		}
	}
	return nil
}

// respected returns a target with the values that normalizing has taken from the live object.
func respected(normalized, live, target *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	texts := make([][]byte, 3)
	for i, object := range []*unstructured.Unstructured{normalized, live, target} {
		text, err := json.Marshal(object.Object)
		if err != nil {
			return nil, err
		}
		texts[i] = text
	}
	patch, err := jsonpatch.CreateMergePatch(texts[0], texts[1])
	if err != nil {
		return nil, err
	}
	patched, err := jsonpatch.MergePatch(texts[2], patch)
	if err != nil {
		return nil, err
	}
	made := &unstructured.Unstructured{}
	return made, made.UnmarshalJSON(patched)
}

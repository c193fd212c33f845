// Command flux reconciles manifests once, as Flux's kustomize-controller does it.
//
// Usage: flux KUSTOMIZATION.yaml MANIFESTS.yaml, with KUBECONFIG in the environment. It prints the
// objects that it had to write.
//
// The options are those of KustomizationReconciler.apply in kustomize-controller 1.9.6
// (internal/controller/kustomization_controller.go); everything else is Flux's own library.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/ssa"
	"github.com/fluxcd/pkg/ssa/jsondiff"
	"github.com/fluxcd/pkg/ssa/normalize"
	"github.com/fluxcd/pkg/ssa/utils"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/config"
	"sigs.k8s.io/yaml"
)

const controller = "kustomize-controller"

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, kustomization, manifests string) error {
	var settings kustomizev1.Kustomization
	text, err := os.ReadFile(kustomization)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalStrict(text, &settings); err != nil {
		return err
	}
	if text, err = os.ReadFile(manifests); err != nil {
		return err
	}
	objects, err := utils.ReadObjects(bytes.NewReader(text))
	if err != nil {
		return err
	}
	if err := normalize.UnstructuredList(objects); err != nil {
		return err
	}
	manager, err := connect()
	if err != nil {
		return err
	}
	manager.SetOwnerLabels(objects, settings.Name, settings.Namespace)
	changes, err := manager.ApplyAllStaged(ctx, objects, options(&settings))
	if err != nil {
		return err
	}
	for _, change := range changes.Entries {
		if change.Action != ssa.UnchangedAction {
			fmt.Println(change.ObjMetadata.GroupKind.Kind, change.ObjMetadata.Name)
		}
	}
	return nil
}

func connect() (*ssa.ResourceManager, error) {
	rest, err := config.GetConfig()
	if err != nil {
		return nil, err
	}
	api, err := client.New(rest, client.Options{})
	if err != nil {
		return nil, err
	}
	owner := ssa.Owner{Field: controller, Group: kustomizev1.GroupVersion.Group}
	return ssa.NewResourceManager(api, nil, owner), nil
}

func options(settings *kustomizev1.Kustomization) ssa.ApplyOptions {
	group := kustomizev1.GroupVersion.Group
	options := ssa.DefaultApplyOptions()
	options.Force = settings.Spec.Force
	options.ExclusionSelector = map[string]string{
		group + "/reconcile": kustomizev1.DisabledValue,
		group + "/ssa":       kustomizev1.IgnoreValue,
	}
	options.IfNotPresentSelector = map[string]string{group + "/ssa": kustomizev1.IfNotPresentValue}
	options.DriftIgnoreRules = rules(settings.Spec.Ignore)
	options.Cleanup = ssa.ApplyCleanupOptions{
		Annotations: []string{corev1.LastAppliedConfigAnnotation},
		FieldManagers: []ssa.FieldManager{
			{Name: "kubectl", OperationType: metav1.ManagedFieldsOperationApply},
			{Name: "kubectl", OperationType: metav1.ManagedFieldsOperationUpdate},
			{Name: "before-first-apply", OperationType: metav1.ManagedFieldsOperationUpdate},
			{Name: controller, OperationType: metav1.ManagedFieldsOperationUpdate},
		},
		Exclusions: map[string]string{group + "/ssa": kustomizev1.MergeValue},
	}
	return options
}

func rules(ignored []kustomizev1.IgnoreRule) []jsondiff.IgnoreRule {
	var found []jsondiff.IgnoreRule
	for _, rule := range ignored {
		made := jsondiff.IgnoreRule{Paths: rule.Paths}
		if at := rule.Target; at != nil {
			made.Selector = &jsondiff.Selector{
				Group:              at.Group,
				Version:            at.Version,
				Kind:               at.Kind,
				Name:               at.Name,
				Namespace:          at.Namespace,
				AnnotationSelector: at.AnnotationSelector,
				LabelSelector:      at.LabelSelector,
			}
		}
		found = append(found, made)
	}
	return found
}

package main

import (
	"slices"

	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	rbac "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	httprbac "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	networkrbac "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/rbac/v3"
	"istio.io/istio/pilot/test/xdstest"
	"istio.io/istio/pkg/maps"
	"istio.io/istio/pkg/test"
)

// policy is one RBAC filter of a filter chain: its action, and the names of its rules, which tell the
// AuthorizationPolicy. Istio makes one filter of all AuthorizationPolicies with one action.
type policy struct {
	Action string   `json:"action"`
	Rules  []string `json:"rules"`
}

func policiesOf(t test.Failer, chain *listener.FilterChain) []policy {
	policies := []policy{}
	if chain == nil {
		return policies
	}
	add := func(rules *rbac.RBAC) {
		if rules != nil {
			policies = append(policies, policy{rules.Action.String(), slices.Sorted(slices.Values(maps.Keys(rules.Policies)))})
		}
	}
	network := &networkrbac.RBAC{}
	for _, filter := range chain.Filters {
		if filter.GetTypedConfig().UnmarshalTo(network) == nil {
			add(network.Rules)
		}
	}
	http := &httprbac.RBAC{}
	for _, filter := range xdstest.ExtractHTTPConnectionManager(t, chain).GetHttpFilters() {
		if filter.GetTypedConfig().UnmarshalTo(http) == nil {
			add(http.Rules)
		}
	}
	return policies
}

package main

import (
	"encoding/json"

	rbac "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	httprbac "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	networkrbac "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/rbac/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/anypb"
)

// rules is one RBAC filter: of requests, or of connections. Policies are Envoy's own, as its API has them in JSON; istiod
// makes one of each rule of an AuthorizationPolicy, and names it after both.
type rules struct {
	Of       string                     `json:"of"`
	Action   string                     `json:"action"`
	Policies map[string]json.RawMessage `json:"policies"`
}

// rulesOf returns the rules of a filter, nothing for a filter of another kind.
func rulesOf(filter *anypb.Any) []rules {
	http, network := &httprbac.RBAC{}, &networkrbac.RBAC{}
	switch {
	case filter.MessageIs(http) && filter.UnmarshalTo(http) == nil:
		return []rules{viewOfRules("requests", http.GetRules())}
	case filter.MessageIs(network) && filter.UnmarshalTo(network) == nil:
		return []rules{viewOfRules("connections", network.GetRules())}
	}
	return nil
}

func viewOfRules(of string, r *rbac.RBAC) rules {
	v := rules{Of: of, Action: r.GetAction().String(), Policies: map[string]json.RawMessage{}}
	for name, policy := range r.GetPolicies() {
		if text, err := protojson.Marshal(policy); err == nil {
			v.Policies[name] = text
		}
	}
	return v
}

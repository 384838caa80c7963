package main

import (
	"fmt"
	"io"
	"slices"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/simulation"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pilot/test/xdstest"
	istiocluster "istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config/constants"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/test"
)

// result is what one call meets, as far as it gets: all names are Envoy's, the error is in the simulation's words.
type result struct {
	Error              string `json:"error,omitempty"`
	Listener           string `json:"listener,omitempty"`
	FilterChain        string `json:"filterChain,omitempty"`
	RouteConfiguration string `json:"routeConfiguration,omitempty"`
	VirtualHost        string `json:"virtualHost,omitempty"`
	Route              string `json:"route,omitempty"`
	Cluster            string `json:"cluster,omitempty"`
	// Secrets are all that the listener uses.
	Secrets []string `json:"secrets,omitempty"`
	// RBAC are the policies that the call has to pass: the simulation does not look at them.
	RBAC     []policy  `json:"rbac,omitempty"`
	Upstream *upstream `json:"upstream,omitempty"`
}

// upstream is how the proxy calls on: of the cluster that the call meets.
type upstream struct {
	// TLS is "always", "automatic" (to endpoints that can) or "never".
	TLS       string   `json:"tls"`
	Secrets   []string `json:"secrets,omitempty"`
	Endpoints []string `json:"endpoints,omitempty"`
}

// answer reads the questions and answers each call. The fake discovery server is made for tests, and gives up through
// an interface like testing.T: test.Wrap is istio's own stand-in, which turns that into an error.
func answer(from io.Reader) (results []result, err error) {
	q, err := readQuestions(from)
	if err != nil {
		return nil, err
	}
	config := mesh.DefaultMeshConfig()
	config.RootNamespace = q.RootNamespace
	results = []result{}
	failed := test.Wrap(func(t test.Failer) {
		server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
			ConfigString:           q.Config,
			KubernetesObjectString: q.Kubernetes,
			MeshConfig:             config,
		})
		simulated := map[string]*simulatedProxy{}
		for name, p := range q.Proxies {
			simulated[name] = simulate(server, p)
		}
		for index, c := range q.Calls {
			r, failure := simulated[c.Proxy].run(t, c)
			if failure != nil {
				t.Fatalf("call %d: %v", index, failure)
			}
			results = append(results, r)
		}
	})
	return results, failed
}

type simulatedProxy struct {
	simulation *simulation.Simulation
	endpoints  map[string][]string
}

func simulate(server *xds.FakeDiscoveryServer, p proxy) *simulatedProxy {
	node := server.SetupProxy(&model.Proxy{
		Type:            model.NodeType(p.Type),
		ID:              p.Pod + "." + p.Namespace,
		IPAddresses:     []string{p.IP},
		ConfigNamespace: p.Namespace,
		Labels:          p.Labels,
		Metadata: &model.NodeMetadata{
			Namespace:      p.Namespace,
			Labels:         p.Labels,
			ServiceAccount: p.ServiceAccount,
			ClusterID:      istiocluster.ID(constants.DefaultClusterName),
		},
	})
	return &simulatedProxy{
		// It wants the running test only to end it where a listener or route is of a form that it does not know.
		simulation: simulation.NewSimulation(nil, server, node),
		endpoints:  xdstest.ExtractLoadAssignments(server.Endpoints(node)),
	}
}

func (s *simulatedProxy) run(t test.Failer, c call) (r result, failure error) {
	defer func() {
		if reason := recover(); reason != nil {
			failure = fmt.Errorf("the simulation does not know what the call meets: %v", reason)
		}
	}()
	var met *listener.FilterChain
	got := s.simulation.Run(simulation.Call{
		Address:    c.Address,
		Port:       c.Port,
		Path:       c.Path,
		Protocol:   simulation.Protocol(c.Protocol),
		TLS:        simulation.TLSMode(c.TLS),
		HostHeader: c.Host,
		Sni:        c.SNI,
		CallMode:   simulation.CallMode(c.Mode),
		CustomListenerValidations: []simulation.CustomFilterChainValidation{func(chain *listener.FilterChain) error {
			met = chain
			return nil
		}},
	})
	r = result{
		Listener:           got.ListenerMatched,
		FilterChain:        got.FilterChainMatched,
		RouteConfiguration: got.RouteConfigMatched,
		VirtualHost:        got.VirtualHostMatched,
		Route:              got.RouteMatched,
		Cluster:            got.ClusterMatched,
		RBAC:               policiesOf(t, met),
		Upstream:           s.upstream(t, got.ClusterMatched),
	}
	if got.Error != nil {
		r.Error = got.Error.Error()
	}
	if l := xdstest.ExtractListener(got.ListenerMatched, s.simulation.Listeners); l != nil {
		r.Secrets = sorted(xdstest.ExtractListenerSecretResources(t, l))
	}
	return r, nil
}

func (s *simulatedProxy) upstream(t test.Failer, name string) *upstream {
	c := xdstest.ExtractCluster(name, s.simulation.Clusters)
	if c == nil {
		return nil
	}
	return &upstream{
		TLS:       tlsOf(c),
		Secrets:   sorted(xdstest.ExtractClusterSecretResources(t, c)),
		Endpoints: sorted(s.endpoints[name]),
	}
}

func tlsOf(c *cluster.Cluster) string {
	switch {
	case c.TransportSocket != nil:
		return "always"
	case len(c.TransportSocketMatches) > 0:
		return "automatic"
	default:
		return "never"
	}
}

// sorted also drops the empty name, which xdstest gives for TLS without a check of the other side.
func sorted(names []string) []string {
	return slices.Sorted(slices.Values(slices.DeleteFunc(names, func(name string) bool { return name == "" })))
}

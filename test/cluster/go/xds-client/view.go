package main

import (
	"sort"
	"strings"
	"time"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	"google.golang.org/protobuf/types/known/anypb"
)

// view is what is printed.
type view struct {
	Clusters    []string           `json:"clusters"`
	Listeners   []listenerView     `json:"listeners"`
	Routes      map[string][]vhost `json:"routes,omitempty"`
	SecretBytes map[string]int     `json:"secretBytes,omitempty"`
}

func (s *stream) view(o options) (*view, error) {
	v := &view{}
	resources, err := s.ask("config.cluster.v3.Cluster", nil)
	if err != nil {
		return nil, err
	}
	for _, resource := range resources {
		m := &cluster.Cluster{}
		if err := resource.UnmarshalTo(m); err != nil {
			return nil, err
		}
		v.Clusters = append(v.Clusters, m.Name)
	}
	if resources, err = s.ask("config.listener.v3.Listener", nil); err != nil {
		return nil, err
	}
	for _, resource := range resources {
		m := &listener.Listener{}
		if err := resource.UnmarshalTo(m); err != nil {
			return nil, err
		}
		v.Listeners = append(v.Listeners, viewOfListener(m))
	}
	if v.Routes, err = s.routes(v.Listeners); err != nil {
		return nil, err
	}
	if o.token != "" {
		v.SecretBytes = s.secretBytes(v.Listeners, o.secretWait)
	}
	return v, nil
}

// routes asks for the route tables that the listeners name.
func (s *stream) routes(listeners []listenerView) (map[string][]vhost, error) {
	names := namesIn(listeners, func(c chain) []string { return []string{c.Route} })
	if len(names) == 0 {
		return nil, nil
	}
	resources, err := s.ask("config.route.v3.RouteConfiguration", names)
	if err != nil {
		return nil, err
	}
	tables := map[string][]vhost{}
	for _, resource := range resources {
		m := &route.RouteConfiguration{}
		if err := resource.UnmarshalTo(m); err != nil {
			return nil, err
		}
		tables[m.Name] = viewOfRoutes(m)
	}
	return tables, nil
}

// secretBytes asks for each secret that istiod reads from Kubernetes; 0 for one that it does not send. It says nothing
// at all about a secret that is missing or not allowed, so each gets only so much time.
func (s *stream) secretBytes(listeners []listenerView, wait time.Duration) map[string]int {
	sizes := map[string]int{}
	for _, name := range namesIn(listeners, func(c chain) []string { return c.Secrets }) {
		if !strings.HasPrefix(name, "kubernetes://") {
			continue
		}
		sizes[name] = 0
		answers := make(chan []*anypb.Any, 1)
		go func() {
			if resources, err := s.ask("extensions.transport_sockets.tls.v3.Secret", []string{name}); err == nil {
				answers <- resources
			}
		}()
		select {
		case resources := <-answers:
			sizes[name] = certificateBytes(resources)
		case <-time.After(wait):
			// The pending receive would take the next answer: nothing more can be asked on this stream.
			return sizes
		}
	}
	return sizes
}

func certificateBytes(resources []*anypb.Any) int {
	size := 0
	for _, resource := range resources {
		m := &tls.Secret{}
		if resource.UnmarshalTo(m) == nil {
			size += len(m.GetTlsCertificate().GetCertificateChain().GetInlineBytes())
		}
	}
	return size
}

// namesIn collects names from all filter chains, each once, sorted.
func namesIn(listeners []listenerView, of func(chain) []string) []string {
	seen, names := map[string]bool{"": true}, []string{}
	for _, l := range listeners {
		for _, c := range l.Chains {
			for _, name := range of(c) {
				if !seen[name] {
					seen[name] = true
					names = append(names, name)
				}
			}
		}
	}
	sort.Strings(names)
	return names
}

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pilot/pkg/simulation"
)

// questions is the document on standard input.
type questions struct {
	// Config is YAML text: objects of the API groups of Istio.
	Config string `json:"config"`
	// Kubernetes is YAML text: Services, Pods, EndpointSlices. Documents end with a line "---".
	Kubernetes string `json:"kubernetes"`
	// RootNamespace is the control plane's: what is in it holds for all of the mesh.
	RootNamespace string           `json:"rootNamespace"`
	Proxies       map[string]proxy `json:"proxies"`
	Calls         []call           `json:"calls"`
}

// proxy is the Envoy of one pod.
type proxy struct {
	// Type is "router" (a gateway) or "sidecar".
	Type           string            `json:"type"`
	Pod            string            `json:"pod"`
	IP             string            `json:"ip"`
	Namespace      string            `json:"namespace"`
	ServiceAccount string            `json:"serviceAccount"`
	Labels         map[string]string `json:"labels"`
}

// call is one request, or one connection where the protocol is "tcp".
type call struct {
	Proxy string `json:"proxy"`
	// Mode is "gateway", "inbound" or "outbound": how the call comes to the proxy.
	Mode string `json:"mode"`
	// Address is the destination's; any, where it does not matter.
	Address string `json:"address"`
	Port    int    `json:"port"`
	// Protocol is "http", "http2" or "tcp", whatever is around it.
	Protocol string `json:"protocol"`
	// TLS is "plaintext", "tls" or "mtls": mtls shows a certificate of the mesh.
	TLS  string `json:"tls"`
	SNI  string `json:"sni"`
	Host string `json:"host"`
	Path string `json:"path"`
}

func readQuestions(from io.Reader) (*questions, error) {
	q := &questions{}
	decoder := json.NewDecoder(from)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(q); err != nil {
		return nil, fmt.Errorf("the questions are no JSON as wanted: %w", err)
	}
	// The simulation would say the same, with all of the text around it.
	if _, others, err := crd.ParseInputs(q.Config); err != nil {
		return nil, fmt.Errorf("config: %w", err)
	} else if len(others) > 0 {
		return nil, fmt.Errorf("config: %s %s is no kind of Istio", others[0].Kind, others[0].Name)
	}
	if q.RootNamespace == "" {
		return nil, fmt.Errorf("rootNamespace is missing")
	}
	for name, p := range q.Proxies {
		if err := p.check(); err != nil {
			return nil, fmt.Errorf("proxy %s: %w", name, err)
		}
	}
	for index, c := range q.Calls {
		if err := c.check(q.Proxies); err != nil {
			return nil, fmt.Errorf("call %d: %w", index, err)
		}
	}
	return q, nil
}

func (p proxy) check() error {
	for name, value := range map[string]string{"pod": p.Pod, "ip": p.IP, "namespace": p.Namespace} {
		if value == "" {
			return fmt.Errorf("%s is missing", name)
		}
	}
	return oneOf("type", p.Type, "router", "sidecar")
}

func (c call) check(proxies map[string]proxy) error {
	if _, ok := proxies[c.Proxy]; !ok {
		return fmt.Errorf("there is no proxy %q", c.Proxy)
	}
	if c.Port < 1 || c.Port > 65535 {
		return fmt.Errorf("%d is no port", c.Port)
	}
	modes := []simulation.CallMode{simulation.CallModeGateway, simulation.CallModeInbound, simulation.CallModeOutbound}
	if err := oneOf("mode", simulation.CallMode(c.Mode), modes...); err != nil {
		return err
	}
	protocols := []simulation.Protocol{simulation.HTTP, simulation.HTTP2, simulation.TCP}
	if err := oneOf("protocol", simulation.Protocol(c.Protocol), protocols...); err != nil {
		return err
	}
	return oneOf("tls", simulation.TLSMode(c.TLS), simulation.Plaintext, simulation.TLS, simulation.MTLS)
}

func oneOf[T ~string](name string, value T, known ...T) error {
	if slices.Contains(known, value) {
		return nil
	}
	return fmt.Errorf("%s is %q, not one of %q", name, value, known)
}

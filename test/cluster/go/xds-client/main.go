// Usage: xds-client -addr HOST:PORT -ip POD_IP -pod NAME [-ns NAMESPACE] [-labels k=v,...] [-type router|sidecar] [-token TOKEN]
//
// Asks istiod what it would send to the Envoy proxy of one pod, and prints it as JSON: clusters, listeners with their
// TLS settings, routes, and with -token (over TLS) the size of each secret. Ends with status 1 when istiod says no, or
// nothing within -timeout.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

type options struct {
	addr, ip, pod, namespace, serviceAccount, proxyType, labels, token, authority string
	secretWait, hold, timeout                                                     time.Duration
}

func parseOptions() options {
	o := options{}
	flag.StringVar(&o.addr, "addr", "127.0.0.1:15010", "gRPC address of istiod; its TLS port with -token")
	flag.StringVar(&o.ip, "ip", "", "IP address of the pod, as its Service's endpoints have it")
	flag.StringVar(&o.pod, "pod", "", "name of the pod")
	flag.StringVar(&o.namespace, "ns", "istio-system", "namespace of the pod")
	flag.StringVar(&o.serviceAccount, "sa", "default", "service account of the pod")
	flag.StringVar(&o.proxyType, "type", "router", "router (a gateway) or sidecar")
	flag.StringVar(&o.labels, "labels", "", "labels of the pod, k=v,k=v")
	flag.StringVar(&o.token, "token", "", "token of the service account: connect with TLS and ask for secrets too")
	flag.StringVar(&o.authority, "authority", "istiod.istio-system.svc", "TLS server name")
	flag.DurationVar(&o.secretWait, "secret-wait", 2*time.Second, "how long to wait for a secret")
	flag.DurationVar(&o.hold, "hold", 0, "stay connected for so long after the answer")
	flag.DurationVar(&o.timeout, "timeout", 15*time.Second, "how long to wait for everything")
	flag.Parse()
	return o
}

func (o options) labelMap() map[string]any {
	labels := map[string]any{}
	for _, pair := range strings.Split(o.labels, ",") {
		if key, value, ok := strings.Cut(pair, "="); ok {
			labels[key] = value
		}
	}
	return labels
}

func main() {
	if err := run(parseOptions()); err != nil {
		fmt.Fprintln(os.Stderr, "xds-client:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	s, err := connect(o)
	if err != nil {
		return err
	}
	defer s.close()
	view, err := s.view(o)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(view, "", "  ")
	if err != nil {
		return err
	}
	fmt.Println(string(text))
	time.Sleep(o.hold)
	return nil
}

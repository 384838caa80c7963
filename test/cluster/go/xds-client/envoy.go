package main

import (
	"fmt"

	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	hcm "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
)

// chain is one filter chain of a listener: whom it is for, how TLS ends there, and where it leads.
type chain struct {
	ServerNames       []string `json:"serverNames,omitempty"`
	DestinationPort   uint32   `json:"destinationPort,omitempty"`
	TLS               bool     `json:"tls"`
	Secrets           []string `json:"secrets,omitempty"`
	ValidationSecret  string   `json:"validationSecret,omitempty"`
	RequireClientCert bool     `json:"requireClientCertificate,omitempty"`
	MinimumTLS        string   `json:"minimumTls,omitempty"`
	ALPN              []string `json:"alpn,omitempty"`
	Filters           []string `json:"filters"`
	Route             string   `json:"route,omitempty"`
	RBAC              []rules  `json:"rbac,omitempty"`
}

type listenerView struct {
	Name    string  `json:"name"`
	Address string  `json:"address"`
	Port    uint32  `json:"port"`
	Chains  []chain `json:"chains"`
}

type vhost struct {
	Name    string   `json:"name"`
	Domains []string `json:"domains"`
	Routes  []string `json:"routes,omitempty"`
}

func viewOfListener(l *listener.Listener) listenerView {
	address := l.GetAddress().GetSocketAddress()
	v := listenerView{Name: l.Name, Address: address.GetAddress(), Port: address.GetPortValue()}
	for _, fc := range l.FilterChains {
		v.Chains = append(v.Chains, viewOfChain(fc))
	}
	return v
}

func viewOfChain(fc *listener.FilterChain) chain {
	match := fc.GetFilterChainMatch()
	c := chain{ServerNames: match.GetServerNames(), DestinationPort: match.GetDestinationPort().GetValue()}
	context := &tls.DownstreamTlsContext{}
	if ts := fc.GetTransportSocket(); ts != nil && ts.GetTypedConfig().UnmarshalTo(context) == nil {
		common := context.GetCommonTlsContext()
		c.TLS = true
		c.RequireClientCert = context.GetRequireClientCertificate().GetValue()
		c.MinimumTLS = common.GetTlsParams().GetTlsMinimumProtocolVersion().String()
		c.ALPN = common.GetAlpnProtocols()
		c.ValidationSecret = common.GetCombinedValidationContext().GetValidationContextSdsSecretConfig().GetName()
		for _, secret := range common.GetTlsCertificateSdsSecretConfigs() {
			c.Secrets = append(c.Secrets, secret.Name)
		}
	}
	for _, filter := range fc.Filters {
		c.Filters = append(c.Filters, filter.Name)
		c.RBAC = append(c.RBAC, rulesOf(filter.GetTypedConfig())...)
		manager := &hcm.HttpConnectionManager{}
		if filter.GetTypedConfig().UnmarshalTo(manager) == nil {
			c.Route = manager.GetRds().GetRouteConfigName()
			for _, httpFilter := range manager.HttpFilters {
				c.RBAC = append(c.RBAC, rulesOf(httpFilter.GetTypedConfig())...)
			}
		}
	}
	return c
}

func viewOfRoutes(r *route.RouteConfiguration) []vhost {
	hosts := []vhost{}
	for _, v := range r.VirtualHosts {
		host := vhost{Name: v.Name, Domains: v.Domains}
		for _, entry := range v.Routes {
			target := entry.GetRoute().GetCluster()
			for _, weighted := range entry.GetRoute().GetWeightedClusters().GetClusters() {
				target += fmt.Sprintf(" %s:%d", weighted.Name, weighted.Weight.GetValue())
			}
			host.Routes = append(host.Routes, entry.GetMatch().String()+" -> "+target)
		}
		hosts = append(hosts, host)
	}
	return hosts
}

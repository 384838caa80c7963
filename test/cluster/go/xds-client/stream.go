package main

import (
	"context"
	"crypto/tls"
	"fmt"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/structpb"
)

const typePrefix = "type.googleapis.com/envoy."

// stream is one proxy's conversation with istiod.
type stream struct {
	node  *core.Node
	ads   discovery.AggregatedDiscoveryService_StreamAggregatedResourcesClient
	close func()
}

func connect(o options) (*stream, error) {
	ctx, cancel := context.WithTimeout(context.Background(), o.timeout+o.hold)
	transport := insecure.NewCredentials()
	if o.token != "" {
		// What istiod shows is signed by its own, new CA; who it is does not matter on the loopback address.
		transport = credentials.NewTLS(&tls.Config{InsecureSkipVerify: true, ServerName: o.authority})
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+o.token, "clusterid", "Kubernetes")
	}
	size := grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(1 << 28))
	conn, err := grpc.NewClient(o.addr, grpc.WithTransportCredentials(transport), size)
	if err != nil {
		cancel()
		return nil, err
	}
	closeAll := func() { cancel(); _ = conn.Close() }
	ads, err := discovery.NewAggregatedDiscoveryServiceClient(conn).StreamAggregatedResources(ctx)
	if err != nil {
		closeAll()
		return nil, err
	}
	node, err := nodeOf(o)
	if err != nil {
		closeAll()
		return nil, err
	}
	return &stream{node: node, ads: ads, close: closeAll}, nil
}

func nodeOf(o options) (*core.Node, error) {
	meta, err := structpb.NewStruct(map[string]any{
		"LABELS": o.labelMap(), "NAMESPACE": o.namespace, "NAME": o.pod, "CLUSTER_ID": "Kubernetes",
		"SERVICE_ACCOUNT": o.serviceAccount, "INSTANCE_IPS": o.ip, "ISTIO_VERSION": "1.31.0", "MESH_ID": "cluster.local",
	})
	id := fmt.Sprintf("%s~%s~%s.%s~%s.svc.cluster.local", o.proxyType, o.ip, o.pod, o.namespace, o.namespace)
	return &core.Node{Id: id, Metadata: meta}, err
}

// ask returns the resources of a type, by name or all of them, and acknowledges whatever else istiod sends first.
func (s *stream) ask(kind string, names []string) ([]*anypb.Any, error) {
	url := typePrefix + kind
	request := &discovery.DiscoveryRequest{Node: s.node, TypeUrl: url, ResourceNames: names}
	if err := s.ads.Send(request); err != nil {
		return nil, err
	}
	for {
		answer, err := s.ads.Recv()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", kind, err)
		}
		ack := &discovery.DiscoveryRequest{Node: s.node, TypeUrl: answer.TypeUrl, VersionInfo: answer.VersionInfo,
			ResponseNonce: answer.Nonce}
		if answer.TypeUrl == url {
			ack.ResourceNames = names
		}
		if err := s.ads.Send(ack); err != nil {
			return nil, err
		}
		if answer.TypeUrl == url {
			return answer.Resources, nil
		}
	}
}

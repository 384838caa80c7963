// Usage: simulation < QUESTIONS.json
//
// Asks istio's own traffic simulation what calls meet at the Envoy proxies of a mesh. Reads one JSON document (see
// questions) and prints one JSON list, with an answer for each call in its order. No cluster, no Envoy and no
// connection: istiod's code makes the configuration of every proxy from the objects, and istio's simulation walks
// through it. What the questions cannot mean is said in one sentence, with exit status 1.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"istio.io/istio/pkg/log"
	"k8s.io/klog/v2"
)

func main() {
	if err := quiet(); err != nil {
		fail(err)
	}
	answers, err := answer(os.Stdin)
	if err != nil {
		fail(err)
	}
	text, err := json.MarshalIndent(answers, "", "  ")
	if err != nil {
		fail(err)
	}
	fmt.Println(string(text))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "simulation:", err)
	os.Exit(1)
}

// quiet keeps the logs of istiod's parts, which go to standard output, away from the answer.
func quiet() error {
	klog.SetOutput(io.Discard)
	klog.LogToStderr(false)
	options := log.DefaultOptions()
	options.OutputPaths = []string{"stderr"}
	options.SetDefaultOutputLevel(log.OverrideScopeName, log.NoneLevel)
	return log.Configure(options)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// As the kernel writes the gateway of a route without one, and the destination of a default route.
const none = "00000000"

// A person has left by then.
const patience = 2 * time.Second

// The only addresses that may be asked: the test cluster's Services (its API server's
// --service-cluster-ip-range) and this very machine.
var services, loopback = netip.MustParsePrefix("10.0.0.0/16"), netip.MustParsePrefix("127.0.0.0/8")

// mayReach refuses everything but a Service, from inside the cluster's own network namespace.
func mayReach(target string) error {
	parsed, err := url.Parse(target)
	if err != nil {
		return err
	}
	address, err := netip.ParseAddr(parsed.Hostname())
	if err == nil && loopback.Contains(address) {
		return nil
	}
	if err != nil || !services.Contains(address) {
		return fmt.Errorf("%s is refused: only addresses in %s and %s may be asked",
			target, services, loopback)
	}
	if leadsOutside() {
		return fmt.Errorf("%s is refused: this is not the cluster's own network, it leads outside", target)
	}
	return nil
}

// leadsOutside tells whether any route of this network has a gateway or is a default route, as the
// machine's own has and the cluster's has not; what cannot be read counts.
func leadsOutside() bool {
	routes, err := os.ReadFile("/proc/net/route")
	if err != nil {
		return true
	}
	for _, route := range strings.Split(strings.TrimSpace(string(routes)), "\n")[1:] {
		fields := strings.Fields(route)
		if len(fields) < 3 || fields[1] == none || fields[2] != none {
			return true
		}
	}
	return false
}

func newClient() *http.Client {
	return &http.Client{
		Timeout: patience,
		Transport: &http.Transport{
			Proxy:             nil,
			DisableKeepAlives: true,
			DialContext:       (&net.Dialer{KeepAlive: -1}).DialContext,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// ask sends one request; its latency counts from the instant for which it was planned.
func ask(client *http.Client, url string, start time.Time, planned time.Duration) answer {
	lag := time.Since(start) - planned
	outcome := get(client, url)
	return answer{planned, lag, time.Since(start) - planned, outcome}
}

func get(client *http.Client, url string) string {
	response, err := client.Get(url)
	if err != nil {
		return failure(err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return failure(err)
	}
	return strconv.Itoa(response.StatusCode)
}

func failure(err error) string {
	var timeout net.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	}
	return "error"
}

// Server is an application that a crowd can exhaust: so many requests at once, and no more.
//
// SLOTS requests are served at a time; each burns CPU_PER_REQUEST of processor time and then sleeps
// SERVICE_TIME, as one that waits for a database does. QUEUE more wait for a slot. Whoever comes
// beyond that gets 503 at once. /readyz answers 200 from START_UP after the start (an application's
// own start) until SIGTERM, which also leaves DRAIN for the load balancer to notice before the
// server stops to accept; what it has accepted it serves to the end.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
)

// Linux' CLOCK_THREAD_CPUTIME_ID, which package syscall lacks.
const threadCPUClock = 3

type server struct {
	// Full channels: `places` holds everyone inside, `slots` those being served.
	places, slots        chan struct{}
	cpuPerRequest, sleep time.Duration
	readyAt              time.Time
	draining             atomic.Bool
}

func main() {
	log.SetFlags(0)
	slots := count("SLOTS", 1)
	s := &server{
		places:        make(chan struct{}, slots+count("QUEUE", 0)),
		slots:         make(chan struct{}, slots),
		cpuPerRequest: duration("CPU_PER_REQUEST"),
		sleep:         duration("SERVICE_TIME"),
		readyAt:       time.Now().Add(duration("START_UP")),
	}
	drain := duration("DRAIN")
	listener, err := net.Listen("tcp", setting("LISTEN"))
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("listening on %s", listener.Addr())
	if err := s.run(listener, drain); err != nil {
		log.Fatal(err)
	}
}

// run serves until SIGTERM or SIGINT, and then what has been accepted.
func (s *server) run(listener net.Listener, drain time.Duration) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/", s.serve)
	mux.HandleFunc("/readyz", s.readyz)
	web := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	ended, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ended.Done():
	}
	s.draining.Store(true)
	time.Sleep(drain)
	return web.Shutdown(context.Background())
}

func (s *server) serve(w http.ResponseWriter, _ *http.Request) {
	select {
	case s.places <- struct{}{}:
	default:
		http.Error(w, "full", http.StatusServiceUnavailable)
		return
	}
	defer func() { <-s.places }()
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	burn(s.cpuPerRequest)
	time.Sleep(s.sleep)
	fmt.Fprintln(w, "served")
}

func (s *server) readyz(w http.ResponseWriter, _ *http.Request) {
	if time.Now().Before(s.readyAt) || s.draining.Load() {
		http.Error(w, "starting or draining", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}

// burn uses so much processor time, however long that takes on a busy machine.
func burn(spend time.Duration) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for end := threadCPU() + spend; threadCPU() < end; {
	}
}

func threadCPU() time.Duration {
	var t syscall.Timespec
	_, _, failed := syscall.Syscall(
		syscall.SYS_CLOCK_GETTIME, threadCPUClock, uintptr(unsafe.Pointer(&t)), 0)
	if failed != 0 {
		log.Fatalf("clock_gettime: %v", failed)
	}
	return time.Duration(t.Nano())
}

func setting(name string) string {
	value := os.Getenv(name)
	if value == "" {
		log.Fatalf("%s must be set in the environment", name)
	}
	return value
}

func count(name string, least int) int {
	value, err := strconv.Atoi(setting(name))
	if err != nil || value < least {
		log.Fatalf("%s must be a number of at least %d, not %q", name, least, setting(name))
	}
	return value
}

func duration(name string) time.Duration {
	value, err := time.ParseDuration(setting(name))
	if err == nil && value < 0 {
		err = errors.New("it is negative")
	}
	if err != nil {
		log.Fatalf("%s must be a duration such as 200ms, not %q", name, setting(name))
	}
	return value
}

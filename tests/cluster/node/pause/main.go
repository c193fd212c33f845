// Pause keeps the namespaces of a pod open: as their first process it waits until it is told to
// end, and reaps the processes that lost their parent.
package main

import (
	"errors"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGINT, syscall.SIGTERM)
	orphaned := make(chan os.Signal, 1)
	signal.Notify(orphaned, syscall.SIGCHLD)
	for {
		select {
		case <-end:
			return
		case <-orphaned:
			reap()
		}
	}
}

// reap waits for every child that has ended: one signal may stand for several.
func reap() {
	for {
		child, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
		if child <= 0 && !errors.Is(err, syscall.EINTR) {
			return
		}
	}
}

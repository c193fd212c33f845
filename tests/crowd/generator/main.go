// Generator is a crowd: it sends requests at planned instants, whatever becomes of the others.
//
//	generator -rates rates.csv -seed 7 -speed 1 -begin 2027-01-09T20:30:00Z -answers answers.csv URL
//
// The rates are CSV lines `second,requests/s` without a heading; a rate holds until the next line's
// second, the last line only ends the curve. Arrivals are a Poisson process of that rate, the same
// for the same seed. At speed 10 the seconds pass ten times as fast, the rates stay what they are.
// Each answer becomes a line `planned second,lag,latency,outcome` (seconds): the lag is how late
// this program sent it, the latency counts from the planned instant and so includes the lag, and the
// outcome is the HTTP status, `timeout`, `refused` or `error`.
//
// Each request has a connection of its own: kube-proxy chooses a pod per connection, so that kept
// connections would never reach a pod that has come later.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"sync"
	"time"
)

type answer struct {
	planned, lag, latency time.Duration
	outcome               string
}

func main() {
	log.SetFlags(0)
	rates := flag.String("rates", "", "CSV file of the rates")
	seed := flag.Uint64("seed", 0, "of the arrivals")
	speed := flag.Float64("speed", 1, "how much faster the seconds of the curve pass")
	begin := flag.String("begin", "", "RFC 3339 instant of second 0")
	answers := flag.String("answers", "", "file to write the answers to")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("one URL is needed")
	}
	if err := run(*rates, *seed, *speed, *begin, *answers, flag.Arg(0)); err != nil {
		log.Fatal(err)
	}
}

func run(rates string, seed uint64, speed float64, begin, answers, url string) error {
	if err := mayReach(url); err != nil {
		return err
	}
	curve, err := readCurve(rates, speed)
	if err != nil {
		return err
	}
	start, err := time.Parse(time.RFC3339, begin)
	if err != nil {
		return fmt.Errorf("-begin: %w", err)
	}
	if ahead := time.Until(start); ahead < 0 || ahead > longest {
		return fmt.Errorf("-begin %s must lie ahead, by %s at most", begin, longest)
	}
	file, err := os.Create(answers)
	if err != nil {
		return err
	}
	defer file.Close()
	return write(file, replay(arrivals(curve, seed), start, url))
}

// replay sends a request at each planned instant and returns their answers, in that order.
func replay(planned []time.Duration, start time.Time, url string) []answer {
	client := newClient()
	start = time.Now().Add(time.Until(start)) // monotonic from here on: clock steps change nothing
	answers := make([]answer, len(planned))
	var open sync.WaitGroup
	for i, at := range planned {
		time.Sleep(time.Until(start.Add(at)))
		open.Go(func() { answers[i] = ask(client, url, start, at) })
	}
	open.Wait()
	return answers
}

func write(file *os.File, answers []answer) error {
	lines := bufio.NewWriter(file)
	for _, a := range answers {
		fmt.Fprintf(lines, "%.6f,%.6f,%.6f,%s\n",
			a.planned.Seconds(), a.lag.Seconds(), a.latency.Seconds(), a.outcome)
	}
	return lines.Flush()
}

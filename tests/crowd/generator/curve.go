package main

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"time"
)

// Hard bounds, whatever is asked for.
const (
	highest = 1000.0 // requests/s
	longest = 15 * time.Minute
)

// step is a rate in requests/s from an instant after the start until the next step.
type step struct {
	from time.Duration
	rate float64
}

// readCurve reads `second,requests/s` lines; at a speed of 10 second 50 comes after 5 s.
func readCurve(path string, speed float64) ([]step, error) {
	if !(speed > 0) {
		return nil, fmt.Errorf("-speed must be above 0, not %g", speed)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = 2
	lines, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	curve := make([]step, len(lines))
	for i, line := range lines {
		if curve[i], err = readStep(line, speed); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, i+1, err)
		}
		if i > 0 && curve[i].from <= curve[i-1].from {
			return nil, fmt.Errorf("%s, line %d: seconds must increase", path, i+1)
		}
	}
	if len(curve) < 2 || curve[0].from != 0 {
		return nil, fmt.Errorf("%s must begin with second 0 and have a second line", path)
	}
	return curve, nil
}

func readStep(line []string, speed float64) (step, error) {
	second, err := strconv.ParseFloat(line[0], 64)
	if err != nil {
		return step{}, err
	}
	rate, err := strconv.ParseFloat(line[1], 64)
	if err != nil {
		return step{}, err
	}
	if !(rate >= 0 && rate <= highest) {
		return step{}, fmt.Errorf("%g requests/s: between 0 and %g are allowed", rate, highest)
	}
	after := second / speed
	if !(after >= 0 && after <= longest.Seconds()) {
		return step{}, fmt.Errorf("second %g at speed %g: a run may last %s", second, speed, longest)
	}
	return step{time.Duration(after * float64(time.Second)), rate}, nil
}

// arrivals draws a Poisson process whose rate is the curve: exponential distances of mean 1 in the
// integral of the rate, so that one seed gives one crowd.
func arrivals(curve []step, seed uint64) []time.Duration {
	random := rand.New(rand.NewPCG(seed, 0))
	var planned []time.Duration
	next := random.ExpFloat64() // requests still to pass until the next arrival
	for i, s := range curve[:len(curve)-1] {
		passed, long := 0.0, (curve[i+1].from - s.from).Seconds()
		for s.rate > 0 && passed+next/s.rate < long {
			passed += next / s.rate
			planned = append(planned, s.from+time.Duration(passed*float64(time.Second)))
			next = random.ExpFloat64()
		}
		next -= (long - passed) * s.rate
	}
	return planned
}

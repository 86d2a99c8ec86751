package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os/exec"
	"strings"
	"time"
)

// start is how long a program took until it said where it listens.
type start struct {
	program string
	wall    sample[time.Duration]
	cpu     sample[time.Duration]
}

// measureStarts starts the programs in turns. The first round warms the
// machine's caches and does not count.
func measureStarts(ctx context.Context, w *workshop, rounds int, say progress) ([]start, error) {
	all := []start{{program: programRefarch}, {program: programSmall}, {program: programPreloaded}}
	certificate, err := clientCertificate()
	if err != nil {
		return nil, err
	}
	say("%d rounds of starting\n", rounds)
	for round := range rounds + 1 {
		for turn := range all {
			s := &all[(round+turn)%len(all)]
			took, err := w.handshake(ctx, s.program, certificate)
			if err != nil {
				return nil, fmt.Errorf("starting %s: %w", s.program, err)
			}
			if round > 0 {
				s.wall = append(s.wall, took.wall)
				s.cpu = append(s.cpu, took.cpu)
			}
		}
	}
	return all, nil
}

// The cookie by which a plugin knows that Terraform started it.
const cookie = "TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"

// handshake starts a program as Terraform does and ends it when it has told the
// protocol and its socket: "1|6|unix|...". The certificate makes it a secret
// channel, for which the plugin has to make a key.
func (w *workshop) handshake(ctx context.Context, program, certificate string) (cost, error) {
	command := exec.CommandContext(ctx, w.binary(program))
	command.Env = append(w.environment(program), cookie, "PLUGIN_PROTOCOL_VERSIONS=5,6",
		"PLUGIN_CLIENT_CERT="+certificate, "PLUGIN_UNIX_SOCKET_DIR="+w.folder)
	output, err := command.StdoutPipe()
	if err != nil {
		return cost{}, err
	}
	began := time.Now()
	if err := command.Start(); err != nil {
		return cost{}, err
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	took := cost{wall: time.Since(began)}
	if err == nil && !strings.HasPrefix(line, "1|6|unix|") {
		err = fmt.Errorf("it greets with %q", line)
	}
	// It may be gone by itself, and being killed is no success.
	_ = command.Process.Kill()
	var ended *exec.ExitError
	if waited := command.Wait(); waited != nil && !errors.As(waited, &ended) {
		err = errors.Join(err, waited)
	}
	took.cpu = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	return took, err
}

// clientCertificate is one like Terraform makes for each start of a plugin.
func clientCertificate() (string, error) {
	key, err := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	if err != nil {
		return "", fmt.Errorf("making a key: %w", err)
	}
	template := &x509.Certificate{
		Subject: pkix.Name{CommonName: "localhost", Organization: []string{"HashiCorp"}}, DNSNames: []string{"localhost"},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth},
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageKeyAgreement | x509.KeyUsageCertSign,

		BasicConstraintsValid: true, IsCA: true, SerialNumber: big.NewInt(1),
		NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(24 * time.Hour),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return "", fmt.Errorf("making a certificate: %w", err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})), nil
}

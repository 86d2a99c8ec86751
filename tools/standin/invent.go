package standin

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// inventor makes up what a cloud would answer: the same for the same type and configuration, in a form that fits the name.
type inventor struct {
	kind string
	seed string
}

func newInventor(kind string, config tftypes.Value) inventor {
	return inventor{kind: kind, seed: kind + "\n" + config.String()}
}

// finish answers one member of a plan after the apply: what is unknown in it becomes known.
func (i inventor) finish(p part, planned, config tftypes.Value) tftypes.Value {
	switch {
	case p.later && empty(planned):
		return i.block(p)
	case p.attribute == nil && (!planned.IsKnown() || empty(config) && stub(planned)):
		return i.block(p)
	case p.attribute != nil && !planned.IsKnown():
		return i.attribute(p)
	case len(p.parts) > 0:
		return p.rebuild(planned, config, i.finish)
	default:
		return i.known(p.name, planned)
	}
}

// stub recognises what Terraform makes of an unknown block before it keeps the plan: one block with nothing known in it.
func stub(value tftypes.Value) bool {
	if !held(value) {
		return !value.IsKnown()
	}

	inside := slices.AppendSeq(slices.Clone(elements(value)), maps.Values(members(value)))

	return len(inside) > 0 && !slices.ContainsFunc(inside, func(each tftypes.Value) bool { return !stub(each) })
}

// block is one that the provider fills in: once where it may stand once, else not at all, as a list of unknown length is best left empty.
func (i inventor) block(p part) tftypes.Value {
	object, nested := p.typ, false

	switch typ := p.typ.(type) {
	case tftypes.List:
		object, nested = typ.ElementType, true
	case tftypes.Set:
		object, nested = typ.ElementType, true
	case tftypes.Map:
		return tftypes.NewValue(typ, map[string]tftypes.Value{})
	}

	stands := p.required || (p.filledIn || p.later) && (p.one || !nested)

	switch {
	case !stands && nested:
		return tftypes.NewValue(p.typ, []tftypes.Value{})
	case !stands:
		return null(p.typ)
	}

	all := make(map[string]tftypes.Value, len(p.parts))

	for _, inner := range p.parts {
		if inner.attribute == nil {
			all[inner.name] = i.block(inner)
		} else {
			all[inner.name] = i.attribute(inner)
		}
	}

	if !nested {
		return tftypes.NewValue(object, all)
	}

	return tftypes.NewValue(p.typ, []tftypes.Value{tftypes.NewValue(object, all)})
}

// attribute is one that nobody set: made up where the provider has to answer, else null.
func (i inventor) attribute(p part) tftypes.Value {
	if p.settled() || p.required {
		return i.invent(p.name, p.typ)
	}

	return null(p.typ)
}

// known makes up what is unknown inside a value.
func (i inventor) known(name string, value tftypes.Value) tftypes.Value {
	switch {
	case !value.IsKnown():
		return i.invent(name, value.Type())
	case value.IsNull() || value.IsFullyKnown():
		return value
	}

	switch typ := value.Type().(type) {
	case tftypes.Object:
		all := maps.Clone(members(value))
		for key, each := range all {
			all[key] = i.known(key, each)
		}

		return tftypes.NewValue(typ, all)
	case tftypes.Map:
		all := maps.Clone(members(value))
		for key, each := range all {
			all[key] = i.known(name, each)
		}

		return tftypes.NewValue(typ, all)
	default:
		all := slices.Clone(elements(value))
		for at, each := range all {
			all[at] = i.known(name, each)
		}

		return tftypes.NewValue(typ, all)
	}
}

func (i inventor) invent(name string, typ tftypes.Type) tftypes.Value {
	switch typ := typ.(type) {
	case tftypes.Object:
		all := make(map[string]tftypes.Value, len(typ.AttributeTypes))
		for key, inner := range typ.AttributeTypes {
			all[key] = i.invent(key, inner)
		}

		return tftypes.NewValue(typ, all)
	case tftypes.Map:
		return tftypes.NewValue(typ, map[string]tftypes.Value{})
	case tftypes.List:
		return tftypes.NewValue(typ, i.several(name, typ.ElementType))
	case tftypes.Set:
		return tftypes.NewValue(typ, i.several(name, typ.ElementType))
	case tftypes.Tuple:
		all := make([]tftypes.Value, 0, len(typ.ElementTypes))
		for _, inner := range typ.ElementTypes {
			all = append(all, i.invent(name, inner))
		}

		return tftypes.NewValue(typ, all)
	}

	switch {
	case typ.Is(tftypes.Bool):
		return tftypes.NewValue(typ, false)
	case typ.Is(tftypes.Number):
		return tftypes.NewValue(typ, number(name))
	default: // a value of any type is a text, too
		return tftypes.NewValue(tftypes.String, i.text(name))
	}
}

// several are three texts, as many as there are zones in a region, or one of anything else.
func (i inventor) several(name string, typ tftypes.Type) []tftypes.Value {
	if !typ.Is(tftypes.String) {
		return []tftypes.Value{i.invent(name, typ)}
	}

	all := make([]tftypes.Value, 0, 3)

	for _, letter := range []string{"a", "b", "c"} {
		text := "zone-" + letter // the same wherever zones are listed, or two lists of them would have none in common
		if !zones.MatchString(name) {
			text = inventor{kind: i.kind, seed: i.seed + letter}.text(name)
		}

		all = append(all, tftypes.NewValue(tftypes.String, text))
	}

	return all
}

var (
	zones    = regexp.MustCompile(`^(names|zones|locations|availability_zones|node_locations)$`)
	generous = regexp.MustCompile(`^(value|default_value)$|quota|limit|^max_`)
)

// number is large where it is a bound, so that no check of a module fails for it.
func number(name string) int64 {
	if generous.MatchString(name) {
		return 1_000_000
	}

	return 1
}

// forms are the forms that texts take by their names; the first that fits counts.
var forms = []struct {
	name *regexp.Regexp
	text func(hash []byte) string
}{
	{regexp.MustCompile(`certificate$|^(data|cert|client_key|key_data|primary_shared_key|secondary_shared_key)$|^b64_`), func(h []byte) string {
		return base64.StdEncoding.EncodeToString([]byte("stand-in " + hex.EncodeToString(h[:8])))
	}},
	{regexp.MustCompile(`ipv6.*(cidr|range|prefix)`), func(h []byte) string { return fmt.Sprintf("fd%02x:%02x%02x::/48", h[0], h[1], h[2]) }},
	{regexp.MustCompile(`cidr|^ip_range|address_prefix`), func(h []byte) string { return fmt.Sprintf("10.%d.%d.0/24", h[0], h[1]) }},
	{regexp.MustCompile(`(^|_)ips?$|ip_address|^address$|gateway_address|^gateway_ipv4$`), func(h []byte) string {
		return fmt.Sprintf("10.%d.%d.%d", h[0], h[1], 1+h[2]%254)
	}},
	{regexp.MustCompile(`(^|_)json$|^(policy|manifest)$`), func(h []byte) string { return fmt.Sprintf(`{"Id":"%x","Statement":[]}`, h[:4]) }},
	{regexp.MustCompile(`(^|_)(url|uri|issuer|self_link)$`), func(h []byte) string { return fmt.Sprintf("https://stand-in.invalid/%x", h[:4]) }},
	{regexp.MustCompile(`fqdn|endpoint$|^(host|hostname|host_name)$|dns_name$`), func(h []byte) string { return fmt.Sprintf("%x.stand-in.invalid", h[:4]) }},
	{regexp.MustCompile(`email`), func(h []byte) string { return fmt.Sprintf("%x@stand-in.invalid", h[:4]) }},
	{regexp.MustCompile(`_(time|date|at|timestamp)$`), func([]byte) string { return "2024-03-01T00:00:00Z" }},
	{regexp.MustCompile(`^(client|object|principal|subscription|tenant)_id$|guid$|^uid$`), func(h []byte) string {
		return fmt.Sprintf("%x-%x-4%s-8%s-%x", h[:4], h[4:6], hex.EncodeToString(h[6:8])[:3], hex.EncodeToString(h[8:10])[:3], h[10:16])
	}},
	{regexp.MustCompile(`^(account_id|owner_id|number|numeric_id|unique_id|dec)$`), func(h []byte) string {
		return fmt.Sprintf("%012d", 100_000_000_000+int64(h[0])<<24+int64(h[1])<<16+int64(h[2])<<8+int64(h[3]))
	}},
	{regexp.MustCompile(`^hex$|fingerprint$`), func(h []byte) string { return hex.EncodeToString(h[:20]) }},
	{regexp.MustCompile(`version$|^versions$|_versions$`), func(h []byte) string { return fmt.Sprintf("1.%d.%d", 30+h[0]%5, h[1]) }},
}

func (i inventor) text(name string) string {
	sum := sha256.Sum256([]byte(i.seed + "\n" + name))
	hash := sum[:]

	for _, form := range forms {
		if form.name.MatchString(name) {
			return form.text(hash)
		}
	}

	if name == "id" {
		name = i.kind
	}

	return fmt.Sprintf("%s-%x", strings.ReplaceAll(name, "_", "-"), hash[:4])
}

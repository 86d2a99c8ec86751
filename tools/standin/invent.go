// SPDX-License-Identifier: MPL-2.0

package standin

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// finish makes a plan come true: what is unknown in it becomes known.
func (k *kind) finish(planned, config tftypes.Value) (tftypes.Value, error) {
	i := inventor{k, config.String()}
	return tftypes.Transform(planned, func(at *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		if path := pathOf(at); k.parts[path].block != nil && !value.IsKnown() {
			return i.block(path, value.Type()), nil
		}
		if !value.IsKnown() {
			return i.invent(lastName(names(at)), value.Type()), nil
		}
		return value, nil
	})
}

// inventor makes up what a cloud would answer: the same for the same type and configuration, in a form that fits the
// name.
type inventor struct {
	kind *kind
	seed string
}

// block is one that the provider fills in: once where it may stand once, else not at all, as a list of unknown length is
// best left empty.
func (i inventor) block(path string, typ tftypes.Type) tftypes.Value {
	p := i.kind.parts[path]
	stands := p.block.MinItems > 0 || p.filledIn && p.block.MaxItems == 1
	inside := func(typ tftypes.Type) []tftypes.Value {
		if !stands {
			return []tftypes.Value{}
		}
		return []tftypes.Value{i.object(path, typ)}
	}
	switch typ := typ.(type) {
	case tftypes.List:
		return tftypes.NewValue(typ, inside(typ.ElementType))
	case tftypes.Set:
		return tftypes.NewValue(typ, inside(typ.ElementType))
	case tftypes.Map:
		return tftypes.NewValue(typ, map[string]tftypes.Value{})
	default:
		return tftypes.NewValue(typ, nil)
	}
}

// object is a block of which nobody said anything.
func (i inventor) object(path string, typ tftypes.Type) tftypes.Value {
	all := map[string]tftypes.Value{}
	object, _ := typ.(tftypes.Object)
	for name, inner := range object.AttributeTypes {
		at := path + "." + name
		switch p := i.kind.parts[at]; {
		case p.block != nil:
			all[name] = i.block(at, inner)
		case p.attribute.Computed || p.attribute.Required:
			all[name] = i.invent(name, inner)
		default:
			all[name] = tftypes.NewValue(inner, nil)
		}
	}
	return tftypes.NewValue(typ, all)
}

func (i inventor) invent(name string, typ tftypes.Type) tftypes.Value {
	switch typ := typ.(type) {
	case tftypes.Object:
		all := map[string]tftypes.Value{}
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
	var all []tftypes.Value
	for _, letter := range []string{"a", "b", "c"} {
		text := "zone-" + letter // the same wherever zones are listed, or two lists of them would have none in common
		if !zones.MatchString(name) {
			text = inventor{i.kind, i.seed + letter}.text(name)
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

// forms are the forms that texts take by their names where a module works with them; the first that fits counts.
var forms = []struct {
	name *regexp.Regexp
	text func(hash []byte) string
}{
	{regexp.MustCompile(`certificate$|^(data|client_key)$`), func(h []byte) string {
		return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "stand-in %x", h[:8]))
	}},
	{regexp.MustCompile(`cidr|^ip_range|address_prefix`), func(h []byte) string { return fmt.Sprintf("10.%d.%d.0/24", h[0], h[1]) }},
	{regexp.MustCompile(`(^|_)ips?$|ip_address|^address$`), func(h []byte) string { return fmt.Sprintf("10.%d.%d.%d", h[0], h[1], h[2]) }},
	{regexp.MustCompile(`(^|_)json$`), func(h []byte) string { return fmt.Sprintf(`{"Id":"%x","Statement":[]}`, h[:4]) }},
	{regexp.MustCompile(`(^|_)(url|uri|issuer)$`), func(h []byte) string { return fmt.Sprintf("https://stand-in.invalid/%x", h[:4]) }},
}

func (i inventor) text(name string) string {
	hash := sha256.Sum256([]byte(i.kind.name + "\n" + i.seed + "\n" + name))
	for _, form := range forms {
		if form.name.MatchString(name) {
			return form.text(hash[:])
		}
	}
	if name == "id" {
		name = i.kind.name
	}
	return fmt.Sprintf("%s-%x", strings.ReplaceAll(name, "_", "-"), hash[:4])
}

"""Answers a workload with another engine and compares each answer.

peers.py ENGINE WORKLOAD REQUESTS, where ENGINE is cedar or casbin. The workload is JSON lines: programs (what one
role says as one holds it), sides (the programs of a token's scope or of its owner) and requests with their answers.

In one role a deny wins, so each program is a policy set of its own; several roles are the union of their answers.
"""
import importlib.metadata
import json
import re
import sys
import time
from functools import lru_cache

OWN = {
    "createAccessToken", "updateAccessTokenName", "updateAccessTokenDescription", "updateAccessTokenExpiry",
    "updateAccessTokenPolicy", "resetAccessToken", "deleteAccessToken",
}
SELECTOR = r"(?:\{[^}]*\}|view:[^,:;]+|[^,:;{]+)"
SEGMENT = re.compile(r"([a-z][a-z0-9-]*)(?:/([^;:]+))?(?:;(%s(?:,%s)*))?(?::|$)" % (SELECTOR, SELECTOR))


@lru_cache(None)
def segments(text):
    """The segments of a resource or a pattern: type, key, tags in lower case, properties, views."""
    found, place = [], 0
    while place < len(text):
        match = SEGMENT.match(text, place)
        if not match:
            raise ValueError("can't read %s" % text)
        tags, properties, views = [], [], []
        for selector in re.findall(SELECTOR, match[3] or ""):
            if selector[0] == "{":
                properties.append(selector[1:-1])
            elif selector.startswith("view:"):
                views.append(selector[5:])
            else:
                tags.append(selector.lower())
        found.append((match[1], match[2] or "", tags, properties, views))
        place = match.end()
    return found


def chain(text):
    return "/".join(segment[0] for segment in segments(text))


def is_view(action):
    return re.match(r"view($|[A-Z])", action) is not None


class Cedar:
    """A policy set for each program; keys, tags and views are matched with `like`."""

    package = "cedarpy"

    def __init__(self):
        import cedarpy

        self.cedarpy = cedarpy
        self.entities = cedarpy.Entities.from_json_str("[]")

    def program(self, program):
        policies = []
        for statement in program["statements"]:
            effect = "permit" if statement["effect"] == "allow" else "forbid"
            policies.append(self.policy(effect, "%s && %s" % (self.actions(statement), self.resources(statement))))
        if program["base"] == "reader":
            policies.append(self.policy("permit", "context.isView"))
        if not program["empty"]:
            policies.append(self.policy("permit", 'context.isOwnToken && context.isOfOwnTokens'))
        if program["base"] == "reader" and not program["empty"]:
            policies.append(self.policy("permit", "context.createsServiceToken"))
        return self.cedarpy.PolicySet.from_str("\n".join(policies))

    @staticmethod
    def policy(effect, condition):
        return "%s(principal, action, resource) when { %s };" % (effect, condition)

    @staticmethod
    def like(field, pattern):
        if pattern == "*":
            return "true"
        return 'context.%s like "%s"' % (field, pattern)

    def actions(self, statement):
        names = statement.get("actions", statement.get("notActions"))
        any_of = "(%s)" % " || ".join(self.like("action", name) for name in names)
        return any_of if "actions" in statement else "!" + any_of

    def resources(self, statement):
        patterns = statement.get("resources", statement.get("notResources"))
        any_of = "(%s)" % " || ".join(self.resource(pattern) for pattern in patterns)
        return any_of if "resources" in statement else "!" + any_of

    def resource(self, pattern):
        if pattern == "*":
            return "true"
        parts = ['context.chain == "%s"' % chain(pattern)]
        for place, (_, key, tags, properties, views) in enumerate(segments(pattern)):
            if key:
                parts.append(self.like("key%d" % place, key))
            # Tags and views stand in one text with commas around each: only a star at the end stays within one.
            for name, globs in (("tags", tags), ("views", views)):
                for glob in globs:
                    if "*" in glob[:-1]:
                        raise ValueError("can't say %s" % glob)
                    parts.append('context.%s%d like "*,%s,*"' % (name, place, glob))
            parts += ['context.properties%d.contains("%s")' % (place, text) for text in properties]
        return "(%s)" % " && ".join(parts)

    @staticmethod
    @lru_cache(None)
    def context(action, resource, holder):
        found = segments(resource)
        context = {
            "action": action, "chain": chain(resource), "isView": is_view(action),
            "isOfOwnTokens": action in OWN,
            "isOwnToken": holder is not None and chain(resource) == "member/token" and found[0][1] == holder,
            "createsServiceToken": holder is not None and action == "createAccessToken"
            and chain(resource) == "service-token",
        }
        for place, (_, key, tags, properties, views) in enumerate(found):
            context["key%d" % place] = key
            context["tags%d" % place] = "," + "".join(tag + "," for tag in tags)
            context["views%d" % place] = "," + "".join(view + "," for view in views)
            context["properties%d" % place] = properties
        return context

    def allows(self, program, action, resource, holder):
        request = {
            "principal": 'User::"u"', "action": 'Action::"a"', "resource": 'Resource::"r"',
            "context": self.context(action, resource, holder),
        }
        result = self.cedarpy.is_authorized(request, program, self.entities)
        if result.diagnostics.errors:
            raise ValueError(result.diagnostics.errors)
        return result.allowed


class Casbin:
    """An enforcer for each program, with functions of our own for the globs."""

    package = "pycasbin"
    model = """
[request_definition]
r = act, obj, holder

[policy_definition]
p = acts, objs, eft

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = matches_action(r.act, p.acts) && matches_resource(r.obj, p.objs, r.holder)
"""

    def __init__(self):
        import casbin

        self.casbin = casbin

    def program(self, program):
        enforcer = self.casbin.Enforcer(self.casbin.Enforcer.new_model(text=self.model))
        enforcer.add_function("matches_action", matches_action)
        enforcer.add_function("matches_resource", matches_resource)
        rules = set()
        for statement in program["statements"]:
            acts = "|".join(statement.get("actions", statement.get("notActions")))
            objs = "|".join(statement.get("resources", statement.get("notResources")))
            rules.add((
                acts if "actions" in statement else "!" + acts, objs if "resources" in statement else "!" + objs,
                statement["effect"],
            ))
        if program["base"] == "reader":
            rules.add(("=view", "*", "allow"))
        if not program["empty"]:
            rules.add(("=own", "=own", "allow"))
            if program["base"] == "reader":
                rules.add(("createAccessToken", "=service", "allow"))
        for rule in sorted(rules):
            enforcer.add_policy(*rule)
        return enforcer

    def allows(self, program, action, resource, holder):
        return program.enforce(action, resource, holder or "")


@lru_cache(None)
def expression(glob):
    return re.compile(".*".join(re.escape(part) for part in glob.split("*")), re.DOTALL)


def matches(glob, text):
    return expression(glob).fullmatch(text) is not None


def matches_action(action, patterns):
    if patterns == "=view":
        return is_view(action)
    if patterns == "=own":
        return action in OWN
    is_negated = patterns.startswith("!")
    return any(matches(glob, action) for glob in patterns[is_negated:].split("|")) != is_negated


def matches_resource(resource, patterns, holder):
    if patterns == "=own":
        return bool(holder) and chain(resource) == "member/token" and segments(resource)[0][1] == holder
    if patterns == "=service":
        return bool(holder) and chain(resource) == "service-token"
    is_negated = patterns.startswith("!")
    return any(matches_pattern(pattern, resource) for pattern in patterns[is_negated:].split("|")) != is_negated


def matches_pattern(pattern, resource):
    if pattern == "*":
        return True
    wanted, found = segments(pattern), segments(resource)
    if len(wanted) != len(found):
        return False
    for (kind, key, tags, properties, views), (its_kind, its_key, its_tags, its_properties, its_views) in zip(wanted, found):
        if kind != its_kind or not matches(key, its_key):
            return False
        if not all(any(matches(glob, tag) for tag in its_tags) for glob in tags):
            return False
        if not all(text in its_properties for text in properties):
            return False
        if not all(any(matches(glob, view) for view in its_views) for glob in views):
            return False
    return True


class Judge:
    def __init__(self, engine):
        self.engine, self.programs, self.sides, self.calls = engine, {}, {}, 0

    def take(self, line):
        if "program" in line:
            self.programs[line["program"]] = self.engine.program(line)
        else:
            self.sides[line["side"]] = (line["holder"], line["programs"])

    def any_allows(self, side, action, resource):
        holder, programs = self.sides[side]
        for number in programs:
            self.calls += 1
            if self.engine.allows(self.programs[number], action, resource, holder):
                return True
        return False

    def side_allows(self, side, action, resource):
        """Who can't view a project can change nothing in it."""
        if not self.any_allows(side, action, resource):
            return False
        project = re.match(r"proj/[^:]+?(?:;%s(?:,%s)*)?(?=:|$)" % (SELECTOR, SELECTOR), resource)
        if not project or (action == "viewProject" and project[0] == resource):
            return True
        return self.any_allows(side, "viewProject", project[0])

    def decide(self, request):
        return all(self.side_allows(request[side], request["action"], request["resource"]) for side in ("scope", "behind"))


def main():
    name, path, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    judge = Judge({"cedar": Cedar, "casbin": Casbin}[name]())
    lines = [json.loads(line) for line in open(path, encoding="utf-8")]
    requests = [line for line in lines if "action" in line][:count]
    used = {number for request in requests for number in (request["scope"], request["behind"])}
    sides = [line for line in lines if "side" in line and line["side"] in used]
    programs = {number for side in sides for number in side["programs"]}
    started = time.process_time()
    for line in lines:
        if line.get("program") in programs or line.get("side") in used:
            judge.take(line)
    loaded = time.process_time() - started
    started = time.process_time()
    answers = [judge.decide(request) for request in requests]
    seconds = time.process_time() - started
    wrong = sum(answer != request["allowed"] for answer, request in zip(answers, requests))
    print(
        "%s %s: %d requests, %d a second of processor time, %.0f µs each, %.1f calls of the engine each; "
        "loaded in %.2f s; %s"
        % (judge.engine.package, importlib.metadata.version(judge.engine.package), len(requests), len(requests) / seconds,
           seconds / len(requests) * 1e6, judge.calls / len(requests), loaded,
           "every answer equal" if wrong == 0 else "%d ANSWERS DIFFER" % wrong))
    return 1 if wrong else 0


sys.exit(main())

import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension SizedToken {
    /// `{"token": …, "proposal": …|null, "fits": bool, "withheld": …|null, "likeness": [words],
    /// "replay": …|null}`
    var json: JSON {
        var fields = [
            JSONMember("token", ["id": .string(token.id.text), "name": .string(token.name)])
        ]
        switch answer {
        case .withheld(let why):
            fields += [
                JSONMember("grade", "D"), JSONMember("fits", false), JSONMember("withheld", .string(why.sentence.text)),
                JSONMember("proposal", .null),
            ]
        case .fits(let grade, let use, let excess):
            fields += [
                JSONMember("grade", .string(grade.rawValue)), JSONMember("fits", true), JSONMember("withheld", .null),
                JSONMember("evidence", use.json), JSONMember("excessPercent", JSON(excess)),
                JSONMember("proposal", .null),
            ]
        case .proposed(let proposal):
            fields += [
                JSONMember("grade", .string(proposal.grade.rawValue)), JSONMember("fits", false),
                JSONMember("withheld", .null), JSONMember("evidence", proposal.use.json),
                JSONMember("excessPercent", JSON(proposal.excess)), JSONMember("needs", .array(proposal.needs.map(\.json))),
                JSONMember("proposal", proposal.option.json),
                JSONMember("alternative", proposal.alternative?.json ?? .null),
                JSONMember("obstacle", JSON(proposal.obstacle?.sentence.text)),
            ]
        }
        fields.append(JSONMember("likeness", .array(likeness.map { .string($0.sentence.text) })))
        return .object(fields + [JSONMember("replay", replay?.json ?? .null)])
    }
}

extension Proposal.Option {
    fileprivate var json: JSON {
        [
            "scope": scope.json(roleKeys: roleKeys), "excessPercent": JSON(excess),
            "loses": JSON(listing: difference.lost), "keepsLess": JSON(listing: difference.narrowed),
            "keeps": JSON(listing: difference.kept),
            "example": difference.example.map {
                ["action": .string($0.action.name), "resource": .string($0.resource.description)]
            } ?? .null,
        ]
    }
}

extension JSON {
    fileprivate init(listing actions: [TypeAction]) {
        self = .array(actions.map { ["type": .string($0.chain), "action": .string($0.action.name)] })
    }
}

extension Proposal.Evidence {
    fileprivate var json: JSON {
        [
            "calls": JSON(calls), "since": .moment(coverage.start), "until": .moment(coverage.end),
            "daysKnown": JSON(coverage.known.wholeDays), "days": JSON(coverage.span.wholeDays),
            "hasLongPauses": .bool(hasBeat),
        ]
    }
}

extension NeededRequest {
    fileprivate var json: JSON {
        let why: JSON =
            switch reason {
            case .used(let calls, let lastAt): ["used": JSON(calls), "lastAt": .moment(lastAt)]
            case .implied(let action): ["impliedBy": .string(action.name)]
            case .siblings(let count, let all): ["usedBySiblings": JSON(count), "of": JSON(all)]
            }
        return [
            "action": .string(request.action.name), "resource": .string(request.resource.description), "why": why,
        ]
    }
}

extension Replay {
    /// Without the tokens' names.
    var json: JSON {
        [
            "calls": JSON(calls), "failingCalls": JSON(failingCalls), "failingKinds": JSON(failingKinds),
            "deniedAlready": JSON(deniedAlready), "undecided": JSON(undecided),
            "since": .moment(coverage.start), "daysKnown": JSON(coverage.known.wholeDays),
            "days": JSON(coverage.span.wholeDays), "isWhole": .bool(!isCut), "failures": .array(failures.map(\.json)),
        ]
    }
}

extension Replay.Failure {
    fileprivate var json: JSON {
        [
            "action": .string(action.name), "resource": .string(resource), "calls": JSON(calls),
            "lastAt": .moment(lastAt), "network": .string(network), "client": .string(client),
            "networks": JSON(networks), "reason": .string(reason.code),
            "explanation": .string(reason.words(isAllowed: false).text),
        ]
    }
}

extension ChangeReplay {
    var json: JSON {
        let shown = only.map { [$0] } ?? failing
        return [
            "tokens": JSON(tokens), "calls": JSON(calls), "failingCalls": JSON(failingCalls),
            "deniedAlready": JSON(deniedAlready), "undecided": JSON(undecided), "partlyKnown": JSON(partlyKnown),
            "notExamined": JSON(notExamined), "summary": .string(headline.text),
            "replays": .array(
                shown.map { one in
                    [
                        "token": ["id": .string(one.target.id), "name": .string(one.target.name)],
                        "replay": one.replay.json,
                    ]
                }),
        ]
    }
}

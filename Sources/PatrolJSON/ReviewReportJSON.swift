package import PatrolDomain

/// Why a JSON value is not a report of a review: where in it something is missing or wrong.
package struct ReviewReportFault: Error, Hashable, Sendable {
    /// `items[3].entry.leaf`
    package let path: String
}

extension ReviewReport {
    /// Its name for its kind, and the number of its shape.
    package static let format = "patrol review report"
    package static let formatVersion: Int64 = 1

    /// Reads a report as it is written. Its figures are not in it: they follow from its items.
    package init(json: JSON) throws(ReviewReportFault) {
        let top = Place(json, "")
        guard try top["format"].text == Self.format else { throw ReviewReportFault(path: "format") }
        guard try top["version"].number == Self.formatVersion else { throw ReviewReportFault(path: "version") }
        let head = try Head(top)
        var lines: [Line] = []
        let items = try top["items"]
        for (place, item) in try items.elements.enumerated() {
            lines.append(try Line(Place(item, "items[\(place)]"), in: head.review.id))
        }
        self.init(head: head, lines: lines)
    }
}

extension ReviewReport.Head {
    /// The members of a report before its figures and items.
    package var members: [JSONMember] {
        [
            JSONMember("format", .string(ReviewReport.format)), JSONMember("version", .integer(ReviewReport.formatVersion)),
            JSONMember("account", ["id": .string(account.text), "name": .string(accountName)]),
            JSONMember("madeAt", .string(madeAt.iso8601)), JSONMember("review", reviewJSON),
            JSONMember("started", started.json), JSONMember("closed", closed?.json ?? .null),
            JSONMember("log", log.json),
        ]
    }

    private var reviewJSON: JSON {
        [
            "id": .string(review.id.text), "name": .string(review.name), "filter": .string(review.filter),
            "startedBy": ["id": .string(review.startedBy.text), "name": .string(starterName)],
            "startedAt": .string(review.startedAt.iso8601), "dueAt": .string(review.dueAt.iso8601),
            "noAnswer": .string(review.noAnswer.rawValue), "closedAt": JSON(review.closedAt?.iso8601),
            "items": JSON(review.itemCount), "decided": JSON(review.decidedCount),
        ]
    }

    fileprivate init(_ top: Place) throws(ReviewReportFault) {
        let (account, told) = (try top["account"], try top["review"])
        let review = Review(
            id: try told["id"].value(ReviewID.init), name: try told["name"].text, filter: try told["filter"].text,
            startedBy: try told["startedBy"]["id"].value(MemberID.init), startedAt: try told["startedAt"].moment,
            dueAt: try told["dueAt"].moment, noAnswer: try told["noAnswer"].value(Review.NoAnswer.init),
            closedAt: try told["closedAt"].unlessNull?.moment, itemCount: try told["items"].count,
            decidedCount: try told["decided"].count)
        self.init(
            account: try account["id"].value(AccountID.init), accountName: try account["name"].text,
            madeAt: try top["madeAt"].moment, review: review, starterName: try told["startedBy"]["name"].text,
            started: try top["started"].seal, closed: try top["closed"].unlessNull?.seal, log: try top["log"].seal)
    }
}

extension ReviewReport.Line {
    package var json: JSON {
        [
            "place": JSON(item.place), "token": .string(item.token.text), "facts": item.facts.json,
            "decision": item.decision.map(json) ?? .null, "outcome": .string(outcome.rawValue), "gone": .bool(isGone),
            "entry": seal?.json ?? .null,
        ]
    }

    private func json(_ decision: ReviewDecision) -> JSON {
        [
            "answer": .string(decision.word), "why": .string(decision.why),
            "by": ["id": .string(decision.decidedBy.text), "name": JSON(deciderName)],
            "at": .string(decision.decidedAt.iso8601), "tookMilliseconds": JSON(decision.took?.milliseconds),
            "together": JSON(decision.batch),
        ]
    }

    fileprivate init(_ place: Place, in review: ReviewID) throws(ReviewReportFault) {
        let told = try place["decision"].unlessNull
        let facts: FrozenToken
        let kept = try place["facts"].json
        do throws(FrozenTokenFault) {
            facts = try FrozenToken(json: kept)
        } catch {
            throw ReviewReportFault(path: "\(place.path).facts.\(error.member)")
        }
        let seal = try place["entry"].unlessNull?.seal
        self.init(
            item: ReviewItem(
                review: review, place: try place["place"].count, token: try place["token"].value(TokenID.init),
                facts: facts, decision: try told.map { told throws(ReviewReportFault) in try ReviewDecision(told) },
                entry: seal?.sequence ?? 0),
            deciderName: try told?["by"]["name"].unlessNull?.text,
            outcome: try place["outcome"].value(ReviewOutcome.init), isGone: try place["gone"].bool, seal: seal)
    }
}

extension ReviewDecision {
    fileprivate init(_ place: Place) throws(ReviewReportFault) {
        let word = try place["answer"].text
        let answer = ReviewAnswer(rawValue: word)
        guard answer != nil || word == Self.noAnswerWord else { throw ReviewReportFault(path: "\(place.path).answer") }
        self.init(
            answer: answer, why: try place["why"].text, decidedBy: try place["by"]["id"].value(MemberID.init),
            decidedAt: try place["at"].moment,
            took: try place["tookMilliseconds"].unlessNull?.number.span, batch: try place["together"].count)
    }
}

extension Int64 {
    fileprivate var span: TimeSpan { TimeSpan(milliseconds: self) }
}

extension ReviewFigures {
    package var json: JSON {
        [
            "decided": JSON(decided),
            "answers": .object(answers.sorted { $0.key < $1.key }.map { JSONMember($0.key, JSON($0.value)) }),
            "people": .object(byPerson.sorted { $0.key < $1.key }.map { JSONMember($0.key, JSON($0.value)) }),
            "measured": JSON(measured), "medianMilliseconds": JSON(medianTime?.milliseconds),
            "underTwoSeconds": JSON(hasty), "decidedInBatches": JSON(inBatches), "largestBatch": JSON(largestBatch),
        ]
    }
}

extension AuditSeal {
    package var json: JSON {
        ["sequence": .integer(sequence), "leaf": .string(leaf.hexadecimal), "chain": .string(chain.hexadecimal)]
    }
}

/// A value with its way from the top, for saying where something is wrong.
private struct Place {
    let json: JSON
    let path: String

    init(_ json: JSON, _ path: String) {
        self.json = json
        self.path = path
    }

    private var fault: ReviewReportFault { ReviewReportFault(path: path) }

    subscript(name: String) -> Place {
        get throws(ReviewReportFault) {
            let path = path.isEmpty ? name : "\(path).\(name)"
            guard let value = json[name] else { throw ReviewReportFault(path: path) }
            return Place(value, path)
        }
    }

    var unlessNull: Place? { json == .null ? nil : self }

    var text: String {
        get throws(ReviewReportFault) {
            guard let text = json.string else { throw fault }
            return text
        }
    }

    var number: Int64 {
        get throws(ReviewReportFault) {
            guard let number = json.integer else { throw fault }
            return number
        }
    }

    var count: Int {
        get throws(ReviewReportFault) {
            let number = try number
            guard (0...Int64(Int32.max)).contains(number) else { throw fault }
            return Int(number)
        }
    }

    var bool: Bool {
        get throws(ReviewReportFault) {
            guard let bool = json.bool else { throw fault }
            return bool
        }
    }

    var elements: [JSON] {
        get throws(ReviewReportFault) {
            guard let elements = json.elements else { throw fault }
            return elements
        }
    }

    var moment: Timestamp {
        get throws(ReviewReportFault) {
            guard let moment = Timestamp(iso8601: try text) else { throw fault }
            return moment
        }
    }

    func value<Value>(_ make: (String) -> Value?) throws(ReviewReportFault) -> Value {
        guard let value = make(try text) else { throw fault }
        return value
    }

    var seal: AuditSeal {
        get throws(ReviewReportFault) {
            AuditSeal(
                sequence: try self["sequence"].number, leaf: try self["leaf"].hash, chain: try self["chain"].hash)
        }
    }

    /// 32 bytes as 64 hexadecimal digits.
    private var hash: [UInt8] {
        get throws(ReviewReportFault) {
            let digits = Array(try text.utf8)
            guard digits.count == 64 else { throw fault }
            var bytes: [UInt8] = []
            for place in stride(from: 0, to: 64, by: 2) {
                guard let byte = UInt8(String(decoding: digits[place...place + 1], as: UTF8.self), radix: 16),
                    digits[place] != UInt8(ascii: "+")
                else { throw fault }
                bytes.append(byte)
            }
            return bytes
        }
    }
}

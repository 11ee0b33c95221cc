import CPseudoTerminal
import Glibc
import PatrolDomain
import PatrolJSON

/// The same requests asked of other engines, by a Python program with a folder of packages of its own.
struct DecisionPeers {
    private let made: DecisionAccount
    private let answers: DecisionAnswers
    private let folder: String

    /// So many of the first requests: they are slow.
    private static let requests = ["cedar": 2_000, "casbin": 500]

    init(_ made: DecisionAccount, _ answers: DecisionAnswers, folder: String) {
        self.made = made
        self.answers = answers
        self.folder = folder
    }

    func printAll() {
        let python = "\(folder)/peers/bin/python"
        guard shell("command -v python3 > /dev/null") == 0 else { return print("other engines: left out, there is no python3") }
        guard shell("python3 -m venv '\(folder)/peers' > '\(folder)/peers.log' 2>&1") == 0 else {
            return print("other engines: left out, python3 makes no folder of packages here")
        }
        guard shell("'\(python)' -m pip install --quiet --disable-pip-version-check cedarpy pycasbin >> '\(folder)/peers.log' 2>&1") == 0
        else { return print("other engines: left out, cedarpy and pycasbin can't be had here") }
        let path = "\(folder)/workload.jsonl"
        guard write(to: path) else { return print("other engines: left out, the workload can't be written") }
        for (peer, count) in Self.requests.sorted(by: { $0.value > $1.value }) {
            let program = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Peers/peers.py"
            let run = TimedRun([python, program, peer, path, String(count)], environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"])
            guard let run, run.code == 0 else {
                print("\(peer): failed")
                continue
            }
            print(run.output, terminator: "")
        }
    }

    /// One JSON line for each program (a role as one holds it), each side of a token, and each request.
    private func write(to path: String) -> Bool {
        var bytes: [UInt8] = []
        var programs: [Grant: Int] = [:]
        var sides: [Authority: Int] = [:]
        func line(_ json: JSON) {
            json.write(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        func number(of side: Authority) -> JSON {
            if let known = sides[side] { return JSON(known) }
            let held = side.grants.map { grant in
                if let known = programs[grant] { return JSON(known) }
                line([
                    "program": JSON(programs.count), "base": .string(grant.basePermissions.rawValue),
                    "empty": .bool(grant.isEmpty), "statements": grant.policy.json,
                ])
                programs[grant] = programs.count
                return JSON(programs.count - 1)
            }
            line(["side": JSON(sides.count), "holder": JSON(side.holder?.text), "programs": .array(held)])
            sides[side] = sides.count
            return JSON(sides.count - 1)
        }
        let count = Self.requests.values.max() ?? 0
        for (place, ask) in made.workload.asks.prefix(count).enumerated() {
            let authority = answers.authorities[ask.token]
            guard let scope = authority.scope, let behind = authority.behind else { return false }
            line([
                "action": .string(ask.action), "resource": .string(ask.resource), "scope": number(of: scope),
                "behind": number(of: behind), "allowed": .bool(answers.allowed[place]),
            ])
        }
        guard let file = fopen(path, "w") else { return false }
        defer { fclose(file) }
        return fwrite(bytes, 1, bytes.count, file) == bytes.count
    }
}

import PatrolDomain

extension RuleWords {
    static func life(_ rule: HygieneRule, _ limit: Measures) -> RuleWords {
        switch rule {
        case .noExpiry:
            RuleWords(
                "no expiry", when: "it has no end", do: "give it an expiry",
                blast: "programs that nobody gives its successor before the end", doubt: "none, it is so",
                plain: "it works until somebody deletes it")
        case .longLifetime:
            RuleWords(
                "long lifetime",
                when: "from its creation to its end it is more than \(limit[.lifetimeWriting]), or \(limit[.lifetimeReading]) if it only looks",
                do: "give it an earlier expiry", blast: "programs that nobody gives its successor before the new end",
                doubt: "none, both days are on record", plain: "it lives longer than it should")
        case .rotationOverdue:
            RuleWords(
                "rotation overdue", when: "its secret is older than \(limit[.rotation])",
                do: "rotate it with an overlap", blast: "programs that have not got the new secret by the end of the overlap",
                doubt: "a secret that was adopted counts from the day it came here",
                plain: "its secret is old")
        case .expiringSoon:
            RuleWords(
                "expiring soon",
                when: "it ends within \(limit[.expiringSecond]) or \(limit[.expiringLast]), or \(limit[.expiringFirst]) if it was made for more than 90 days, and was used within the last \(limit[.recent])",
                do: "extend it, or create its successor", blast: "nothing, if its users get the successor in time",
                doubt: "nobody may need it any more", plain: "it expires soon")
        case .rotationUnfinished:
            RuleWords(
                "rotation unfinished", 
                when: "more than \(limit[.overlap]) of the overlap is over and the old secret is still used, or it was tried within the last \(limit[.recent]) though it has ended",
                do: "give the new secret to whoever still calls with the old one", blast: "who has the old secret, at its end",
                doubt: "who still has the old one may fetch the new one by himself",
                plain: "its old secret is still used")
        default:
            RuleWords(
                "expired", when: "its end is over", do: "delete it", blast: "nothing: it is refused anyway",
                doubt: "none, the day is on record", plain: "it has expired")
        }
    }

    static func use(_ rule: HygieneRule, _ limit: Measures) -> RuleWords {
        let rare = "work that is done once in a quarter or a year may not have come yet"
        return switch rule {
        case .neverUsed:
            RuleWords(
                "never used", when: "\(limit[.neverUsed]) after its creation no allowed call is known",
                do: "ask its owner, flag it for deletion", blast: "a program that has not started yet",
                doubt: "its program may start later, or its calls are checked where nothing is counted",
                plain: "no use of it is known")
        case .unused:
            RuleWords(
                "unused", when: "its last allowed call is more than \(limit[.unused]) ago", do: "flag it for deletion",
                blast: "work that is done rarely", doubt: "\(rare)", plain: "no use of it is known for a long time")
        case .overPrivileged:
            RuleWords(
                "over-privileged",
                when: "in \(limit[.window]) with \(limit[.minimumCalls]) calls it did not use \(limit[.excess]) of its rights by weight, or one that leads to more rights, or changed nothing though it may",
                do: "give it a role that covers what it does", blast: "work that was not done in that time",
                doubt: "\(rare); rights are counted by action, not by resource", plain: "it uses little of what it may do")
        case .overreach:
            RuleWords(
                "overreach",
                when: "in \(limit[.window]) with \(limit[.minimumCalls]) calls it touched at most \(limit[.touchedPlaces]) of \(limit[.reachedPlaces]) or more places in which it may do the same",
                do: "narrow it to the projects and environments that it calls", blast: "work in other places",
                doubt: "only places count that somebody was seen to call; \(rare)", plain: "it reaches many places and calls few")
        default:
            RuleWords(
                "revived", when: "within the last \(limit[.recent]) it was used after \(limit[.dormant]) of silence or more",
                do: "ask its owner whether that was him", blast: "nothing, if it was him",
                doubt: "work that is done rarely is silent for long", plain: "it was used after a long silence")
        }
    }
}

import PatrolDomain

extension RuleWords {
    static func people(_ rule: HygieneRule, _ limit: Measures) -> RuleWords {
        switch rule {
        case .ownerRemoved:
            RuleWords(
                "owner removed", when: "its owner or creator was removed, or is not known here",
                do: "delete it: it is refused anyway", blast: "nothing of a personal token; the programs of a service token",
                doubt: "an import may have left its owner out", plain: "its owner was removed, or is not known here")
        case .orphanService:
            RuleWords(
                "orphan", when: "it is a service token, and its creator was removed \(limit[.orphan]) ago or longer",
                do: "find out who uses it, make a successor that is his, and flag it", blast: "programs that still call with it",
                doubt: "a team may look after it without being on record", plain: "nobody looks after it")
        case .reviewOverdue:
            RuleWords(
                "review overdue",
                when: "no review has decided about it for \(limit[.reviewAdmin]) if it is an admin token, for \(limit[.review]) otherwise; or a finding of it was suppressed that long ago",
                do: "put it into the next review", blast: "nothing", doubt: "somebody may have looked at it outside of Patrol",
                plain: "nobody has decided about it for long")
        default:
            RuleWords(
                "owner pending", when: "its owner has not accepted his invitation", do: "flag it, or wait for the owner",
                blast: "nothing: it is refused until he accepts", doubt: "he may accept tomorrow",
                plain: "its owner has not accepted his invitation")
        }
    }

    static func labels(_ rule: HygieneRule, _ limit: Measures) -> RuleWords {
        switch rule {
        case .duplicate:
            RuleWords(
                "duplicate",
                when: "its owner has another token with the same scope that is called from the same networks by the same clients, or more than \(limit[.hoard]) tokens",
                do: "flag the one that is used less", blast: "programs that call with the one that goes",
                doubt: "two programs on one machine look the same", plain: "its owner has more like it")
        case .unclearName:
            RuleWords(
                "unclear name", when: "its name has fewer than four letters, or is a word such as test or token",
                do: "give it a name that says which program uses it", blast: "nothing",
                doubt: "the name may say enough to those who know it", plain: "its name does not say what it is for")
        case .oldVersion:
            RuleWords(
                "old API version",
                when: "the API has \(limit[.versionsBehind]) newer versions than the one it is pinned to, or its own ends within \(limit[.sunset])",
                do: "try its program with the newest version, and create it anew", blast: "calls that the newer version answers otherwise",
                doubt: "its program may ask for a version with each call", plain: "it is pinned to an old version of the API")
        default:
            RuleWords(
                "no purpose", when: "nobody wrote down what it is for", do: "write down what it is for", blast: "nothing",
                doubt: "its name may say enough", plain: "nobody wrote down what it is for")
        }
    }
}

import AzureMLMeaning
import RunModel
import RunServices

/// What of a run a filter of run history looks at.
enum AzureRunField {
    case key(FilterKey)
    case field(RunField)
    /// A property as these clients see it: one of ours, or a parameter of MLflow's.
    case property(String)

    /// Throws `invalid` for what no run has.
    init(_ field: ODataField) throws(RunServiceError) {
        let name = field.name.lowercased()
        if let key = field.key {
            switch name {
            case "tags": self = .key(.tag(key))
            case "properties": self = .property(key)
            case "metrics": self = .key(.metric(key))
            case "runtypev2" where key.lowercased() == "orchestrator": self = .field(.orchestrator)
            case "runtypev2" where key.lowercased().hasPrefix("traits/"):
                self = .field(.trait(String(key.dropFirst("traits/".count))))
            default: throw Self.unknown("\(field.name)/\(key)")
            }
        } else if let key = Self.keys[name] {
            self = .key(key)
        } else if let known = Self.fields[name] {
            self = .field(known)
        } else {
            throw Self.unknown(field.name)
        }
    }

    /// The condition that compares it.
    func compared(_ comparator: FilterComparator, _ values: [String]) throws(RunServiceError) -> RunCondition {
        switch self {
        case .key(let key): return .filter(try Self.filter(key, comparator, values))
        case .property(let name):
            let parts: [RunCondition] = [
                .filter(try Self.filter(.property(name), comparator, values)),
                .filter(try Self.filter(.param(name), comparator, values)),
            ]
            return comparator == .isNull ? .and(parts) : .or(parts)
        case .field(let field):
            guard !comparator.isOrdering else {
                throw RunServiceError(.invalid, "This field has no order; compare it with eq or ne.")
            }
            return .field(field, comparator, values)
        }
    }

    private static func filter(
        _ key: FilterKey, _ comparator: FilterComparator, _ texts: [String]
    ) throws(RunServiceError) -> Filter {
        var values: [FilterValue] = []
        for text in texts { values.append(try value(text, for: key)) }
        if key == .status, comparator.isOrdering {
            throw RunServiceError(.invalid, "A status has no order; compare it with eq or ne.")
        }
        do throws(FilterSyntaxError) {
            return try Filter(.comparison(FilterComparison(key, comparator, values)))
        } catch {
            throw RunServiceError(.invalid, "The filter cannot be evaluated: \(error.message)")
        }
    }

    private static func value(_ text: String, for key: FilterKey) throws(RunServiceError) -> FilterValue {
        switch key {
        case .created, .started, .ended:
            guard let moment = AzureMoment.timestamp(text) else {
                throw RunServiceError(.invalid, "“\(Shown.text(text))” is no time; write it as 2026-11-27T10:00:00Z.")
            }
            return .moment(FilterMoment(moment))
        case .number, .metric:
            guard let number = Double(text) else {
                throw RunServiceError(.invalid, "“\(Shown.text(text))” is no number, and this field is one.")
            }
            return number.isNaN ? .notANumber : .number(number)
        default: return .text(text)
        }
    }

    private static func unknown(_ name: String) -> RunServiceError {
        RunServiceError(
            .invalid,
            "Runs cannot be filtered by “\(Shown.text(name))”; use Status, Tags/…, Properties/…, RunId, ParentRunId, "
                + "RootRunId, CreatedUtc, StartTimeUtc, EndTimeUtc, RunType or Target.")
    }

    private static let keys: [String: FilterKey] = [
        "runid": .id, "parentrunid": .parent, "rootrunid": .root, "status": .status, "runnumber": .number,
        "name": .name, "displayname": .name, "experimentid": .experiment, "experimentname": .experiment,
        "userid": .user, "createdutc": .created, "starttimeutc": .started, "endtimeutc": .ended,
        "description": .tag(RunEdit.descriptionTag),
    ]

    private static let fields: [String: RunField] = [
        "runtype": .runType, "target": .target, "scriptname": .scriptName, "createdby": .creator,
        "username": .creator,
    ]
}

extension Function {
    static let onArrays = [
        Function("contains", 2) { (arguments, evaluator) throws(JMESPathError) in
            let (subject, search) = (try arguments.any(0), try arguments.any(1))
            switch subject {
            case .array(let elements):
                for element in elements where try evaluator.areEqual(element, search) { return .bool(true) }
                return .bool(false)
            case .string(let text):
                // A text has nothing but texts in it.
                guard case .string(let part) = search else { return .bool(false) }
                return .bool(text.containsExactly(part))
            default: throw arguments.wrongType(0, "an array or a string")
            }
        },
        Function("length", 1) { (arguments, _) throws(JMESPathError) in
            switch try arguments.any(0) {
            case .string(let text): .number(JSONNumber(text.unicodeScalars.count))
            case .array(let elements): .number(JSONNumber(elements.count))
            case .object(let members): .number(JSONNumber(members.count))
            default: throw arguments.wrongType(0, "a string, an array or an object")
            }
        },
        Function("max", 1) { (arguments, evaluator) throws(JMESPathError) in
            let (values, sortable) = (try arguments.array(0), try arguments.sortable(0))
            try evaluator.spend(values.count)
            return sortable.greatest.map { values[$0] } ?? .null
        },
        Function("min", 1) { (arguments, evaluator) throws(JMESPathError) in
            let (values, sortable) = (try arguments.array(0), try arguments.sortable(0))
            try evaluator.spend(values.count)
            return sortable.least.map { values[$0] } ?? .null
        },
        Function("reverse", 1) { (arguments, evaluator) throws(JMESPathError) in
            switch try arguments.any(0) {
            case .string(let text):
                try evaluator.spend(bytes: text.utf8.count)
                return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
            case .array(let elements):
                try evaluator.spend(elements.count)
                return .array(elements.reversed())
            default: throw arguments.wrongType(0, "a string or an array")
            }
        },
        Function("sort", 1) { (arguments, evaluator) throws(JMESPathError) in
            let (values, sortable) = (try arguments.array(0), try arguments.sortable(0))
            try evaluator.spend(values.count)
            return .array(sortable.sortedPlaces.map { values[$0] })
        },
    ]
}

extension Function {
    static let onAnything = [
        Function("not_null", 1, isVariadic: true) { (arguments, _) throws(JMESPathError) in
            var found = JSONValue.null
            for place in arguments.indices {
                let value = try arguments.any(place)
                if found.isNull { found = value }
            }
            return found
        },
        Function("to_array", 1) { (arguments, _) throws(JMESPathError) in
            let value = try arguments.any(0)
            if case .array = value { return value }
            return .array([value])
        },
        Function("to_number", 1) { (arguments, _) throws(JMESPathError) in
            switch try arguments.any(0) {
            case .number(let number): .number(number)
            case .string(let text): JSONNumber(python: text).map { .number($0) } ?? .null
            default: .null
            }
        },
        Function("to_string", 1) { (arguments, evaluator) throws(JMESPathError) in
            let value = try arguments.any(0)
            if case .string = value { return value }
            let limit = evaluator.steps * Evaluator.bytesPerStep
            let text = try JSONWriter.text(of: value, layout: .compact, escaping: .nonASCII, limit: limit)
            try evaluator.spend(bytes: text.utf8.count)
            return .string(text)
        },
        Function("type", 1) { (arguments, _) throws(JMESPathError) in
            .string(try arguments.any(0).typeName)
        },
    ]
}

extension Function {
    static let onObjects = [
        Function("keys", 1) { (arguments, evaluator) throws(JMESPathError) in
            let members = try arguments.object(0)
            try evaluator.spend(members.count)
            return .array(members.keys.map { .string($0) })
        },
        Function("merge", 1, isVariadic: true) { (arguments, evaluator) throws(JMESPathError) in
            var objects: [JSONObject] = []
            for place in arguments.indices { objects.append(try arguments.object(place)) }
            var merged = JSONObject()
            for object in objects {
                try evaluator.spend(object.count)
                for member in object.pairs { merged[member.key] = member.value }
            }
            return .object(merged)
        },
        Function("values", 1) { (arguments, evaluator) throws(JMESPathError) in
            let members = try arguments.object(0)
            try evaluator.spend(members.count)
            return .array(members.values)
        },
    ]
}

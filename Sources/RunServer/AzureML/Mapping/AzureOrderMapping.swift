import RunModel
import RunServices

/// What runs are ordered by: a field, a blank, and `asc` or `desc`.
enum AzureOrderMapping {
    /// Empty where nothing is said. Throws `invalid` for a field that orders nothing.
    static func order(_ text: String?, direction: String? = nil) throws(RunServiceError) -> [RunOrder] {
        var order: [RunOrder] = []
        for part in (text ?? "").split(separator: ",") {
            let words = part.split(separator: " ")
            guard let field = words.first, let key = key(field) else {
                throw RunServiceError(
                    .invalid,
                    "Runs cannot be ordered by “\(Shown.text(String(part)))”; use StartTimeUtc, EndTimeUtc, CreatedUtc, "
                        + "RunNumber, DisplayName, RunId or UserId.")
            }
            let word = (words.count > 1 ? String(words[1]) : direction ?? "asc").lowercased()
            order.append(RunOrder(key, isDescending: word.hasPrefix("desc")))
        }
        return order
    }

    private static func key(_ field: Substring) -> RunOrder.Key? {
        switch field.lowercased() {
        case "starttimeutc": .started
        case "endtimeutc": .ended
        case "createdutc": .created
        case "runnumber": .number
        case "name", "displayname": .name
        case "runid": .id
        case "userid": .user
        default: nil
        }
    }
}

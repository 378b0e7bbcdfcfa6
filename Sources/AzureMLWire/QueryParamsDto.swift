/// A question for a page of runs or experiments.
package struct QueryParamsDto: Codable, Sendable, Equatable {
    /// An OData expression.
    package var filter: String?
    /// A field, a blank, and `asc` or `desc`.
    package var orderby: String?
    /// How many at most.
    package var top: Int?
    /// What the page before said.
    package var continuationToken: String?
    /// `ActiveOnly`, `ArchivedOnly` or `All`.
    package var viewType: String?

    /// A question of these parts.
    package init(
        filter: String? = nil, orderby: String? = nil, top: Int? = nil, continuationToken: String? = nil,
        viewType: String? = nil
    ) {
        self.filter = filter
        self.orderby = orderby
        self.top = top
        self.continuationToken = continuationToken
        self.viewType = viewType
    }

    private enum CodingKeys: String, CodingKey {
        case filter, orderby, top, continuationToken, viewType
        /// As later clients spell it.
        case orderBy
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        filter = try container.decodeIfPresent(String.self, forKey: .filter)
        orderby =
            try container.decodeIfPresent(String.self, forKey: .orderby)
            ?? container.decodeIfPresent(String.self, forKey: .orderBy)
        top = try container.decodeIfPresent(Int.self, forKey: .top)
        continuationToken = try container.decodeIfPresent(String.self, forKey: .continuationToken)
        viewType = try container.decodeIfPresent(String.self, forKey: .viewType)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(filter, forKey: .filter)
        try container.encodeIfPresent(orderby, forKey: .orderby)
        try container.encodeIfPresent(top, forKey: .top)
        try container.encodeIfPresent(continuationToken, forKey: .continuationToken)
        try container.encodeIfPresent(viewType, forKey: .viewType)
    }
}

/// A part of a listing.
package struct PaginatedDto<Item: Codable & Sendable>: Codable, Sendable {
    /// What is on this page.
    package var value: [Item]
    /// What the next question says; nil at the end.
    package var continuationToken: String?

    /// A page that `continuationToken` continues.
    package init(value: [Item], continuationToken: String? = nil) {
        self.value = value
        self.continuationToken = continuationToken
    }

    private enum CodingKeys: String, CodingKey {
        case value, continuationToken
    }

    /// Leaves out items that are not understood. Throws for what is no list, and for a list of which nothing is understood.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if try container.decodeNil(forKey: .value) {
            value = []
        } else {
            let list = try container.decode(LenientList<Item>.self, forKey: .value)
            if list.items.isEmpty, let error = list.firstError { throw error }
            value = list.items
        }
        continuationToken = container.lenient(.continuationToken)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(value, forKey: .value)
        try container.encodeIfPresent(continuationToken, forKey: .continuationToken)
    }
}

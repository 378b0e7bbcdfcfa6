import RunModel

extension ChangeCursor: TextCodable {}
extension PageToken: TextCodable {}

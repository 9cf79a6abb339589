//! The bytes of a model's files in, and how the graph among them is written out: whoever prepares a model decides by that, and
//! not by the names of files. Deliberately not here: reading the files and checking their digests (see the room).

/// What a model consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelBytes {
    /// The graph; where there is no other file, with the weights in it.
    pub graph: Vec<u8>,
    /// The weights, where they are in a file of their own.
    pub weights: Option<Vec<u8>>,
}

/// How a graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As protocol buffers: ONNX, or a frozen graph of TensorFlow's.
    Protobuf,
    /// As XML: the intermediate representation of `OpenVINO`.
    Xml,
    /// As JSON: a graph model of TensorFlow.js.
    Json,
}

impl Written {
    /// Told by the first byte. Read as a field of a protocol buffer, `<` would end a group that nothing began and `{` would
    /// begin one, which neither ONNX nor TensorFlow has: no file of theirs begins so. White space is not skipped: a frozen graph
    /// begins with the number of its first field, which is a line feed.
    #[must_use]
    pub fn of(graph: &[u8]) -> Self {
        let text = graph.strip_prefix(b"\xef\xbb\xbf").unwrap_or(graph);
        match text.first() {
            Some(b'<') => Self::Xml,
            Some(b'{') => Self::Json,
            _ => Self::Protobuf,
        }
    }
}

impl ModelBytes {
    /// A model in one file.
    #[must_use]
    pub fn whole(graph: Vec<u8>) -> Self {
        Self { graph, weights: None }
    }

    /// How its graph is written.
    #[must_use]
    pub fn written(&self) -> Written {
        Written::of(&self.graph)
    }

    /// Bytes of all its files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.graph.len() + self.weights.as_ref().map_or(0, Vec::len)
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_graph_is_told_by_its_first_byte_with_or_without_a_mark_of_its_encoding() {
        for (graph, written) in [
            (&b"<?xml version=\"1.0\"?>"[..], Written::Xml),
            (b"\xef\xbb\xbf<net/>", Written::Xml),
            (b"{\"format\": \"graph-model\"}", Written::Json),
            (b"\x08\x07\x12\x00", Written::Protobuf),
            // A frozen graph whose first node takes 123 bytes, as many as the number of `{`.
            (b"\n{\n\x22", Written::Protobuf),
            (b"", Written::Protobuf),
        ] {
            assert_eq!(Written::of(graph), written, "{graph:?}");
        }
    }
}

//! A still after masking, as a picture file: the one kind of picture that a report takes. It is plain data; what makes one is
//! the room's painter, or a folder of an earlier run from which it is read back, and `tests/tidy.rs` holds the two places.
//! Deliberately not here: pixels, and how a picture is encoded or decoded.

/// A still after masking, as a picture file.
#[derive(Clone, PartialEq, Eq)]
pub struct RedactedStill {
    bytes: Vec<u8>,
    format: StillFormat,
    width: u32,
    height: u32,
    black: bool,
}

/// In which format a still is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StillFormat {
    /// Without loss, for exhibits.
    Png,
    /// Small, for sheets.
    Jpeg,
}

impl RedactedStill {
    /// The file of a picture in which everybody found is masked, with its size. `black`: the frame could not be trusted and
    /// was blacked.
    #[must_use]
    pub fn masked(bytes: Vec<u8>, format: StillFormat, (width, height): (u32, u32), black: bool) -> Self {
        Self {
            bytes,
            format,
            width,
            height,
            black,
        }
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its format.
    #[must_use]
    pub fn format(&self) -> StillFormat {
        self.format
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.format {
            StillFormat::Png => "image/png",
            StillFormat::Jpeg => "image/jpeg",
        }
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The frame could not be trusted and was blacked.
    #[must_use]
    pub fn is_black(&self) -> bool {
        self.black
    }
}

impl std::fmt::Debug for RedactedStill {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "RedactedStill({}x{})", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_still_tells_what_it_was_made_of_and_its_size_alone_where_it_is_printed() {
        let png = RedactedStill::masked(vec![7, 8, 9], StillFormat::Png, (640, 480), true);
        assert_eq!(png.bytes(), [7, 8, 9]);
        assert_eq!((png.format(), png.media_type()), (StillFormat::Png, "image/png"));
        assert_eq!(png.size(), (640, 480));
        assert!(png.is_black());
        // A picture never gets into a message.
        assert_eq!(format!("{png:?}"), "RedactedStill(640x480)");
        let jpeg = RedactedStill::masked(Vec::new(), StillFormat::Jpeg, (2, 3), false);
        assert_eq!(
            (jpeg.format(), jpeg.media_type()),
            (StillFormat::Jpeg, "image/jpeg")
        );
        assert!(!jpeg.is_black());
    }
}

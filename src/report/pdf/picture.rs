//! A redacted still in, a picture on a page out, as wide as the text or as high as leaves room for what belongs below it.
//! Its description is what is read out in its place.

use super::PdfError;
use super::flow::Flow;
use super::lines::plain;
use super::pages::{Drawing, Owner};
use super::style::{LEFT, WIDTH};
use super::tags::{Element, Role};
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use vsa_base::{Reason, digest};
use vsa_record::redacted_still::RedactedStill;

/// Two pictures with what belongs below them fit on a page.
const HIGHEST: f32 = 262.0;
/// What belongs below a picture: a line or two, and a digest.
const BELOW: f32 = 52.0;

/// Pixels of a still, as they are set on paper.
#[derive(Clone)]
struct Pixels {
    rgb: Arc<Vec<u8>>,
    size: (u32, u32),
    sha256: String,
}

/// Pictures are told apart by the digests of their files.
impl Hash for Pixels {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sha256.hash(state);
    }
}

impl CustomImage for Pixels {
    fn color_channel(&self) -> &[u8] {
        &self.rgb
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        None
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Rgb
    }
}

/// Sets `still` at the present place, or on the next page where there is no room.
pub(super) fn picture(
    flow: &mut Flow<'_>,
    parent: Element,
    still: &RedactedStill,
    description: &str,
) -> Result<(), PdfError> {
    let refused = |Reason(reason)| PdfError::Refused { reason };
    let size = still.size();
    let pixels = Pixels {
        rgb: Arc::new(crate::stills::rgb(still).map_err(refused)?),
        size,
        sha256: digest::of_bytes(still.bytes()),
    };
    let image = Image::from_custom(pixels, false)
        .map_err(Reason)
        .map_err(refused)?;
    let (width, height) = (size.0 as f32, size.1 as f32);
    let scale = (WIDTH / width).min(HIGHEST / height);
    let (width, height) = (width * scale, height * scale);
    flow.space(6.0);
    flow.need(height + BELOW);
    let element = flow.tags.add(parent, Role::Figure(plain(description)));
    let top = flow.pages.y;
    let place = [LEFT, top, width, height];
    flow.put(Owner::Element(element), Drawing::Picture(place, image));
    flow.place_figure(element, place);
    flow.pages.y += height + 5.0;
    Ok(())
}

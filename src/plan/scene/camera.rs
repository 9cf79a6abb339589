//! A camera after Tsai with radial distortion of the first order. In: its parameters, or an XML file as PETS 2009 has
//! them. Out: where a pixel lies on the ground plane z = 0.
//! Source: R. Y. Tsai, "A versatile camera calibration technique" (1987), in the convention of Willson's code, which
//! the camera files of PETS follow (sensor coordinates in the unit of `dpx`, rotation R = Rz Ry Rx).

use super::polygon::Place;
use vsa_base::Reason;
use vsa_record::scene::TsaiFacts;

/// Where a pixel lies on the ground, in metres; none: at or above the horizon.
pub(crate) fn to_ground(camera: &TsaiFacts, pixel: Place) -> Option<Place> {
    let r = rotation(camera);
    let distorted = [
        camera.dpx * (pixel[0] - camera.cx) / camera.sx,
        camera.dpy * (pixel[1] - camera.cy),
    ];
    let stretch = 1.0 + camera.kappa1 * (distorted[0] * distorted[0] + distorted[1] * distorted[1]);
    if stretch <= 0.0 {
        return None;
    }
    let [u, v] = distorted.map(|value| value * stretch);
    // u = f X / Z and v = f Y / Z with X, Y, Z linear in the place (x, y) on the ground: two equations, two unknowns.
    let f = camera.focal;
    let (a, b, c) = (
        u * r[2][0] - f * r[0][0],
        u * r[2][1] - f * r[0][1],
        f * camera.tx - u * camera.tz,
    );
    let (d, e, g) = (
        v * r[2][0] - f * r[1][0],
        v * r[2][1] - f * r[1][1],
        f * camera.ty - v * camera.tz,
    );
    let determinant = a * e - b * d;
    let (x, y) = ((c * e - b * g) / determinant, (a * g - c * d) / determinant);
    let depth = r[2][0] * x + r[2][1] * y + camera.tz;
    let place = [x / camera.units_per_metre, y / camera.units_per_metre];
    (depth > 0.0 && place.iter().all(|value| value.is_finite())).then_some(place)
}

fn rotation(camera: &TsaiFacts) -> [[f64; 3]; 3] {
    let ((sx, cx), (sy, cy), (sz, cz)) = (camera.rx.sin_cos(), camera.ry.sin_cos(), camera.rz.sin_cos());
    [
        [cy * cz, cz * sx * sy - cx * sz, sx * sz + cx * cz * sy],
        [cy * sz, sx * sy * sz + cx * cz, cx * sy * sz - cz * sx],
        [-sy, cy * sx, cx * cy],
    ]
}

/// What is wrong with a camera's numbers, in words; none: nothing.
pub(crate) fn fault(camera: &TsaiFacts) -> Option<&'static str> {
    let positive = [
        camera.dpx,
        camera.dpy,
        camera.focal,
        camera.sx,
        camera.units_per_metre,
    ];
    let all = [
        camera.kappa1,
        camera.cx,
        camera.cy,
        camera.tx,
        camera.ty,
        camera.tz,
        camera.rx,
        camera.ry,
        camera.rz,
    ];
    if positive.iter().chain(&all).any(|value| !value.is_finite()) {
        Some("a number of the camera is not finite")
    } else if positive.iter().any(|value| *value <= 0.0) {
        Some("dpx, dpy, focal, sx and units_per_metre have to be above 0")
    } else {
        None
    }
}

/// Reads a camera file: the attributes of its elements `Geometry`, `Intrinsic` and `Extrinsic`. Out: the camera and
/// the size of its pictures, or what is missing.
pub(crate) fn read_xml(text: &str, units_per_metre: f64) -> Result<(TsaiFacts, Option<[u32; 2]>), Reason> {
    let number = |element: &str, name: &str| {
        let tag = tag(text, element).ok_or_else(|| format!("there is no element <{element} …>"))?;
        let value = attribute(tag, name).ok_or_else(|| format!("<{element}> has no attribute `{name}`"))?;
        value
            .trim()
            .parse::<f64>()
            .map_err(|_not_a_number| format!("`{name}` of <{element}> is `{value}`, which is no number"))
    };
    let side = |name| {
        number("Geometry", name)
            .ok()
            .filter(|value| *value >= 1.0)
            .map(|value| value as u32)
    };
    let camera = TsaiFacts {
        dpx: number("Geometry", "dpx")?,
        dpy: number("Geometry", "dpy")?,
        focal: number("Intrinsic", "focal")?,
        kappa1: number("Intrinsic", "kappa1")?,
        cx: number("Intrinsic", "cx")?,
        cy: number("Intrinsic", "cy")?,
        sx: number("Intrinsic", "sx")?,
        tx: number("Extrinsic", "tx")?,
        ty: number("Extrinsic", "ty")?,
        tz: number("Extrinsic", "tz")?,
        rx: number("Extrinsic", "rx")?,
        ry: number("Extrinsic", "ry")?,
        rz: number("Extrinsic", "rz")?,
        units_per_metre,
    };
    Ok((
        camera,
        side("width")
            .zip(side("height"))
            .map(|(width, height)| [width, height]),
    ))
}

/// The inside of the first tag of this name.
fn tag<'text>(text: &'text str, element: &str) -> Option<&'text str> {
    let opening = format!("<{element}");
    let at = text
        .match_indices(&opening)
        .map(|(at, _)| at + opening.len())
        .find(|&at| text[at..].starts_with(char::is_whitespace))?;
    let inside = &text[at..];
    Some(&inside[..inside.find('>')?])
}

/// The value of an attribute in the inside of a tag.
fn attribute<'tag>(tag: &'tag str, name: &str) -> Option<&'tag str> {
    let mut rest = tag;
    while let Some(equals) = rest.find('=') {
        let key = rest[..equals].trim();
        let after = rest[equals + 1..].trim_start();
        let quote = after
            .chars()
            .next()
            .filter(|letter| matches!(letter, '"' | '\''))?;
        let end = after[1..].find(quote)?;
        if key == name {
            return Some(&after[1..=end]);
        }
        rest = &after[end + 2..];
    }
    None
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::scene::polygon::distance;

    /// A camera of our own: 5 m above the ground, looking down by 30 degrees along +y, with some distortion.
    pub(crate) fn own_camera() -> TsaiFacts {
        // Camera axes in the world (x right, y forward, z up): right (1,0,0), down (0,-sin,-cos), forward
        // (0,cos,-sin), with sin, cos of 30 degrees. So rx = 90 + 30 degrees turns the world into the camera.
        let down = 30.0f64.to_radians();
        TsaiFacts {
            dpx: 0.005,
            dpy: 0.005,
            focal: 4.0,
            kappa1: 0.004,
            cx: 320.0,
            cy: 240.0,
            sx: 1.0,
            tx: 0.0,
            ty: 5000.0 * down.cos(),
            tz: 5000.0 * down.sin(),
            rx: std::f64::consts::FRAC_PI_2 + down,
            ry: 0.0,
            rz: 0.0,
            units_per_metre: 1000.0,
        }
    }

    /// Where a place on the ground is seen: the way forward, with the distortion found by bisection.
    pub(crate) fn seen(camera: &TsaiFacts, metres: Place) -> Place {
        let r = rotation(camera);
        let [x, y] = metres.map(|value| value * camera.units_per_metre);
        let t = [camera.tx, camera.ty, camera.tz];
        let [a, b, c]: [f64; 3] = std::array::from_fn(|i| r[i][0] * x + r[i][1] * y + t[i]);
        let [u, v] = [camera.focal * a / c, camera.focal * b / c];
        let far = (u * u + v * v).sqrt();
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            let radius = middle * far;
            if middle * (1.0 + camera.kappa1 * radius * radius) < 1.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        [
            u * low * camera.sx / camera.dpx + camera.cx,
            v * low / camera.dpy + camera.cy,
        ]
    }

    #[test]
    fn the_middle_of_the_picture_is_where_the_axis_meets_the_ground() {
        // 5 m above, 30 degrees down: the axis meets the ground at 5 / tan(30) = 8.660 m.
        let camera = own_camera();
        let found = to_ground(&camera, [320.0, 240.0]).unwrap();
        assert!(
            distance(found, [0.0, 5.0 / 30.0f64.to_radians().tan()]) < 1e-9,
            "{found:?}"
        );
        assert!(to_ground(&camera, [320.0, -400.0]).is_none(), "above the horizon");
        let right = to_ground(&camera, [420.0, 240.0]).unwrap();
        assert!(
            right[0] > 0.5,
            "the right of the picture is the right of the world: {right:?}"
        );
    }

    #[test]
    fn what_is_seen_is_found_again_in_spite_of_the_distortion() {
        let camera = own_camera();
        for metres in [[0.0, 4.0], [3.0, 9.0], [-5.0, 20.0], [1.5, 6.0]] {
            let found = to_ground(&camera, seen(&camera, metres)).unwrap();
            assert!(distance(found, metres) < 1e-6, "{metres:?} {found:?}");
            let straight = TsaiFacts {
                kappa1: 0.0,
                ..camera
            };
            let wrong = to_ground(&straight, seen(&camera, metres)).unwrap();
            assert!(
                distance(wrong, metres) > 1e-3,
                "the distortion matters at {metres:?}"
            );
        }
    }

    #[test]
    fn a_camera_file_is_read_by_name_and_what_it_lacks_is_said() {
        let text = r#"<?xml version="1.0"?><Camera name="a"><!-- x -->
            <Geometry width="768" height="576" ncx="1" nfx="1" dx="1" dy="1" dpx="5.1e-03" dpy='4.6e-03'/>
            <Intrinsic focal="5.5" kappa1="0.005" cx="324" cy="282" sx="1.09"/>
            <Extrinsic tx="1" ty="-2" tz="3" rx="2" ry="-0.9" rz="-0.4"/></Camera>"#;
        let (camera, size) = read_xml(text, 1000.0).unwrap();
        assert_eq!(size, Some([768, 576]));
        assert_eq!(
            (camera.dpx, camera.dpy, camera.ty, camera.rz),
            (5.1e-3, 4.6e-3, -2.0, -0.4)
        );
        let lacking = text.replace("kappa1", "kappa2");
        assert_eq!(
            read_xml(&lacking, 1.0).unwrap_err(),
            Reason::of("<Intrinsic> has no attribute `kappa1`")
        );
        let broken = text.replace("\"5.5\"", "\"five\"");
        assert_eq!(
            read_xml(&broken, 1.0).unwrap_err(),
            Reason::of("`focal` of <Intrinsic> is `five`, which is no number")
        );
        assert_eq!(
            read_xml("<Camera/>", 1.0).unwrap_err(),
            Reason::of("there is no element <Geometry …>")
        );
        assert!(read_xml("<Geometry dpx=", 1.0).is_err());
    }
}

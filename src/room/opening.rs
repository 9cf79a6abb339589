//! Footage opened ahead: the first piece while the models are prepared, each other while the one before it is looked at. To
//! take a digest, list packets and start a decoder takes a tenth of a second and more, in which nobody would look at anything.
//! In: a checked plan. Out: its footage as sources, in order. Deliberately not here: how one is opened (see `footage`).

use super::footage::source::Source;
use super::pipeline;
use super::run::ObserveError;
use std::thread::{Scope, ScopedJoinHandle};
use vsa_plan::Plan;

type Opened = Result<Box<dyn Source>, ObserveError>;

pub(crate) struct Opening<'scope, 'plan> {
    scope: &'scope Scope<'scope, 'plan>,
    plan: &'plan Plan,
    /// How many were begun.
    begun: usize,
    next: Option<ScopedJoinHandle<'scope, Opened>>,
}

impl<'scope, 'plan> Opening<'scope, 'plan> {
    /// Begins with the first. Nothing is opened where frames are drawn: who draws them opens what they are in.
    pub(crate) fn new(scope: &'scope Scope<'scope, 'plan>, plan: &'plan Plan) -> Self {
        let mut opening = Self {
            scope,
            plan,
            begun: 0,
            next: None,
        };
        if plan.precision.is_none() {
            opening.begin();
        }
        opening
    }

    fn begin(&mut self) {
        let plan = self.plan;
        self.next = plan
            .footage
            .get(self.begun)
            .map(|footage| self.scope.spawn(move || pipeline::open(plan, footage)));
        self.begun += 1;
    }
}

impl Iterator for Opening<'_, '_> {
    type Item = Opened;

    /// Waits until it is open, and begins with the one after it.
    fn next(&mut self) -> Option<Opened> {
        let opened = self.next.take()?.join();
        let opened = opened.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        self.begin();
        Some(opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::footage::frame::FrameBuffer;
    use crate::test_data;
    use vsa_plan::WrittenPlan;

    fn plan(folder: &std::path::Path, names: &[&str], precision_target: Option<f64>) -> Plan {
        let item = |name: &&str| {
            test_data::written(name, &folder.join(name), None)
                .footage
                .remove(0)
        };
        let written = WrittenPlan {
            footage: names.iter().map(item).collect(),
            precision_target,
            ..WrittenPlan::default()
        };
        written.check(test_data::means()).unwrap()
    }

    #[test]
    fn pieces_come_in_the_order_of_the_plan_and_a_fault_comes_when_its_turn_does() {
        let folder = tempfile::tempdir().unwrap();
        for (name, side) in [("a.png", 3), ("c.png", 5)] {
            image::RgbImage::new(side, side)
                .save(folder.path().join(name))
                .unwrap();
        }
        let plan = plan(folder.path(), &["a.png", "b.png", "c.png"], None);
        let width = |mut source: Box<dyn Source>| {
            let mut buffer = FrameBuffer::default();
            source.next(&mut buffer).map(|more| more.then_some(buffer.width))
        };
        let opened: Vec<String> = std::thread::scope(|scope| {
            Opening::new(scope, &plan)
                .map(|source| match source {
                    Ok(source) => format!("{:?}", width(source).unwrap()),
                    Err(error) => error.to_string(),
                })
                .collect()
        });
        let [first, fault, last] = &opened[..] else {
            panic!("three pieces became {opened:?}");
        };
        assert_eq!((first.as_str(), last.as_str()), ("Some(3)", "Some(5)"));
        assert!(fault.starts_with("cannot read the footage `b.png`"), "{fault}");
    }

    #[test]
    fn nothing_is_opened_where_frames_are_drawn() {
        let folder = tempfile::tempdir().unwrap();
        let plan = plan(folder.path(), &["a.png"], Some(0.05));
        std::thread::scope(|scope| assert!(Opening::new(scope, &plan).next().is_none()));
    }
}

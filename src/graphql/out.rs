//! Objects and lists that are resolved without a future for each field.
//!
//! The library boxes a future for every field of every object and joins them, which costs more than most fields do: a
//! page of twenty meetings has over a thousand of them, and nearly all have their value at hand. [`Out`] and [`Outs`] ask
//! each field once, and only what has to wait for the database is kept to be asked again. What comes out is the same as
//! the library's, errors and their paths too; tests/service holds that.

use std::{
    borrow::Cow,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context as Waker, Poll},
};

use async_graphql::{
    ContainerType, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
    resolver_utils::resolve_container,
};

type Waiting<'a> = Pin<Box<dyn Future<Output = ServerResult<Value>> + Send + 'a>>;

/// An object of which only the fields that wait get a future.
pub struct Out<T>(pub T);

/// A list of such objects.
pub struct Outs<T>(pub Vec<T>);

impl<T> FromIterator<T> for Outs<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T: ContainerType> OutputType for Out<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        object(ctx, None, &self.0).await
    }
}

impl<T: ContainerType> OutputType for Outs<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let items = self.0.iter().enumerate();
        let mut slots = Vec::with_capacity(self.0.len());
        slots.extend(items.map(|(at, item)| Slot::Waiting(object(ctx, Some(at), item))));
        all(&mut slots).await?;
        Ok(Value::List(slots.into_iter().map(Slot::value).collect()))
    }
}

/// What a field or an item comes to.
enum Slot<'a> {
    There(Value),
    Waiting(Waiting<'a>),
}

impl Slot<'_> {
    fn value(self) -> Value {
        match self {
            Slot::There(value) => value,
            // Nobody asks before all are there.
            Slot::Waiting(_) => Value::Null,
        }
    }
}

/// Waits until all are there, or one has failed: whatever else it waits for is given up then.
///
/// Whoever drives a request wakes it when a whole round of statements has answered (`stall.rs`), so all that wait are
/// asked at every wake; to find out which one was meant would cost more.
async fn all(slots: &mut [Slot<'_>]) -> ServerResult<()> {
    poll_fn(|waker| {
        let mut waits = false;
        for slot in &mut *slots {
            if let Slot::Waiting(future) = slot {
                match future.as_mut().poll(waker) {
                    Poll::Ready(value) => *slot = Slot::There(value?),
                    Poll::Pending => waits = true,
                }
            }
        }
        if waits { Poll::Pending } else { Poll::Ready(Ok(())) }
    })
    .await
}

/// What is selected of an object, which stands at this place of a list, if it does.
fn object<'a, T: ContainerType>(ctx: &'a ContextSelectionSet<'a>, at: Option<usize>, root: &'a T) -> Waiting<'a> {
    Box::pin(async move {
        let item;
        let ctx = match at {
            Some(at) => {
                item = ctx.with_index(at);
                &item
            }
            None => ctx,
        };
        let resolved = fields(ctx, root).await;
        // As the library does it: an error that has lost its place is one of the item.
        if at.is_some() { resolved.map_err(|error| placed(ctx, error)) } else { resolved }
    })
}

fn placed(ctx: &ContextSelectionSet<'_>, error: async_graphql::ServerError) -> async_graphql::ServerError {
    if error.path.is_empty() { ctx.set_error_path(error) } else { error }
}

async fn fields<T: ContainerType>(ctx: &ContextSelectionSet<'_>, root: &T) -> ServerResult<Value> {
    let mut selected = Vec::with_capacity(ctx.item.node.items.len());
    let name = root.introspection_type_name();
    if !select(ctx, &name, &ctx.item.node, &mut selected) {
        // Fields that are selected twice are merged by the library.
        return resolve_container(ctx, root).await;
    }
    let mut slots: Vec<Slot<'_>> = Vec::with_capacity(selected.len());
    poll_fn(|waker| {
        for field in &selected {
            match begin(ctx, root, field, &name, waker) {
                Ok(slot) => slots.push(slot),
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
        Poll::Ready(Ok(()))
    })
    .await?;
    // Those that wait have been asked once, and have left word where they are woken.
    if slots.iter().any(|slot| matches!(slot, Slot::Waiting(_))) {
        let mut is_first = true;
        poll_fn(|_| if std::mem::take(&mut is_first) { Poll::Pending } else { Poll::Ready(()) }).await;
        all(&mut slots).await?;
    }
    let named = selected.iter().zip(slots);
    Ok(Value::Object(named.map(|(field, slot)| (response_key(field).clone(), slot.value())).collect()))
}

fn response_key(field: &Positioned<Field>) -> &Name {
    &field.node.response_key().node
}

/// Asks a field for the first time. Mostly its value is at hand, because it was read ahead, and it is asked where it
/// stands; if it does have to wait, it is asked anew from the heap, which costs a look at what is read already.
fn begin<'a, T: ContainerType>(
    ctx: &'a ContextSelectionSet<'a>,
    root: &'a T,
    field: &'a Positioned<Field>,
    type_name: &str,
    waker: &mut Waker<'_>,
) -> ServerResult<Slot<'a>> {
    if field.node.name.node == "__typename" {
        return Ok(Slot::There(Value::String(type_name.to_owned())));
    }
    if let Poll::Ready(value) = at_hand(ctx, root, field, waker) {
        return value.map(Slot::There);
    }
    let mut future = kept(ctx, root, field);
    match future.as_mut().poll(waker) {
        Poll::Ready(value) => Ok(Slot::There(value?)),
        Poll::Pending => Ok(Slot::Waiting(future)),
    }
}

/// Asks a field where it stands: the stack holds its future meanwhile, one for each level of the query, and without
/// optimisation these are large (`.cargo/config.toml`).
#[inline(never)]
fn at_hand<'a, T: ContainerType>(
    ctx: &'a ContextSelectionSet<'a>,
    root: &'a T,
    field: &'a Positioned<Field>,
    waker: &mut Waker<'_>,
) -> Poll<ServerResult<Value>> {
    let ctx = ctx.with_field(field);
    pin!(root.resolve_field(&ctx)).poll(waker).map_ok(Option::unwrap_or_default)
}

/// The future of a field, on the heap.
#[inline(never)]
fn kept<'a, T: ContainerType>(
    ctx: &'a ContextSelectionSet<'a>,
    root: &'a T,
    field: &'a Positioned<Field>,
) -> Waiting<'a> {
    Box::pin(async move {
        let ctx = ctx.with_field(field);
        Ok(root.resolve_field(&ctx).await?.unwrap_or_default())
    })
}

/// The fields that are selected of an object of this type, also by fragments. Whether each stands there once.
fn select<'a>(
    ctx: &ContextSelectionSet<'a>,
    type_name: &str,
    set: &'a SelectionSet,
    selected: &mut Vec<&'a Positioned<Field>>,
) -> bool {
    set.items.iter().all(|selection| {
        let (condition, set) = match &selection.node {
            Selection::Field(field) => {
                let is_new = !selected.iter().any(|other| response_key(other) == response_key(field));
                selected.push(field);
                return is_new;
            }
            Selection::InlineFragment(fragment) => {
                (fragment.node.type_condition.as_ref(), &fragment.node.selection_set.node)
            }
            Selection::FragmentSpread(spread) => {
                // Every name has been looked up by the validation.
                let Some(fragment) = ctx.query_env.fragments.get(&spread.node.fragment_name.node) else {
                    return false;
                };
                (Some(&fragment.node.type_condition), &fragment.node.selection_set.node)
            }
        };
        let applies = condition.is_none_or(|condition| {
            let on = condition.node.on.node.as_str();
            let interfaces = || ctx.schema_env.registry.implements.get(type_name);
            on == type_name || interfaces().is_some_and(|interfaces| interfaces.contains(on))
        });
        !applies || select(ctx, type_name, set, selected)
    })
}

"""What the network is asked to do: symmetric InfoNCE, presence of concepts, named phrases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from changeseek.core.captions.free import normalised
from changeseek.core.captions.grammar import Meaning, all_meanings
from changeseek.core.captions.placement import Claim, Placement
from changeseek.core.training.samples import Told
from changeseek.core.training.texts import Captions


def positives(
    texts: Sequence[Meaning | None],
    truths: Sequence[tuple[Meaning, ...]],
    claims: Sequence[Claim | None] | None = None,
    where: Sequence[Placement | None] | None = None,
) -> Tensor:
    """Which text is true of which pair; identical captions share their positives.

    Args:
        texts: What each of M texts means; None in free words, which then are true of no pair here.
        truths: What happened in each of N pairs.
        claims: What each text says of extent or position; None for none of them.
        where: Where it happened in each pair. A claim is false only of a pair of known place.

    Returns:
        (M, N) bool.
    """
    table, rows = _agreements()
    most = max(map(len, truths), default=0)
    said = torch.tensor([_NEVER if text is None else rows[text] for text in texts], dtype=torch.long)
    happened = torch.tensor(
        [[*(rows[truth] for truth in pair), *[_NEVER] * (most - len(pair))] for pair in truths],
        dtype=torch.long,
    )
    found = table[said][:, happened].any(2)
    places = where or [None] * len(truths)
    for text, claim in enumerate(claims or ()):
        if claim is not None:
            found[text] &= torch.tensor([place is None or claim in place.claims for place in places])
    return found


# The last row and column of the table are of what is unknown, which agrees with nothing.
_NEVER = -1


@cache
def _agreements() -> tuple[Tensor, dict[Meaning, int]]:
    """Which meaning is true where exactly which other happened, of the whole grammar: (A + 1, A + 1) bool."""
    meanings = all_meanings()
    table = torch.zeros(len(meanings) + 1, len(meanings) + 1, dtype=torch.bool)
    table[:-1, :-1] = torch.tensor([[text.agrees_with(truth) for truth in meanings] for text in meanings])
    return table, {meaning: row for row, meaning in enumerate(meanings)}


class Agreement(NamedTuple):
    """Which of M texts is true of which of N pairs.

    Attributes:
        positive: (M, N) bool, where it is true.
        unknown: (M, N) bool, where nobody can say; never together with `positive`.
    """

    positive: Tensor
    unknown: Tensor


def agreement(said: Captions, told: Sequence[Told]) -> Agreement:
    """Compare texts with pairs, of which each may be known by meanings or only by what people wrote.

    A text in free words is true of the pairs about which somebody wrote the same. Whether it is true of a
    change known by its meaning cannot be said, nor whether a sentence of the grammar is true of a change that
    is known by free words. That something changed or nothing did is known of all.

    Args:
        said: M texts.
        told: What is known of N pairs.
    """
    by_meaning = positives(
        said.meanings, [one.truths for one in told], said.claims, [one.where for one in told]
    )
    written = [frozenset(normalised(caption) for caption in one.captions) for one in told]
    texts = [normalised(sentence) for sentence in said.sentences]
    by_words = torch.tensor([[text in captions for captions in written] for text in texts])
    free_text = torch.tensor([meaning is None for meaning in said.meanings])
    change_text = torch.tensor([meaning != Meaning() for meaning in said.meanings])
    free_pair = torch.tensor([not one.truths for one in told])
    changed = torch.tensor([not one.truths or one.truths[0] != Meaning() for one in told])
    positive = by_meaning | by_words
    of_two_kinds = free_text[:, None] != free_pair[None, :]
    unknown = of_two_kinds & change_text[:, None] & changed[None, :] & ~positive
    return Agreement(positive, unknown)


def info_nce(logits: Tensor, positive: Tensor, unknown: Tensor | None = None) -> Tensor:
    """Symmetric InfoNCE with several positives a row.

    Args:
        logits: (M, N) scaled similarities of texts and pairs.
        positive: (M, N) bool.
        unknown: (M, N) bool, what counts neither for nor against; None for nothing.

    Returns:
        Mean over both directions of the mean negative log-likelihood of the positives.
    """
    if unknown is not None:
        # Not minus infinity: times a zero of `positive` that would be no number.
        logits = logits.masked_fill(unknown, -1e4)
    return (_one_way(logits, positive) + _one_way(logits.T, positive.T)) / 2


def _one_way(logits: Tensor, positive: Tensor) -> Tensor:
    count = positive.sum(1)
    likelihood = (F.log_softmax(logits, dim=1) * positive).sum(1)
    return -(likelihood[count > 0] / count[count > 0]).mean()


def direction_loss(logits: Tensor, positive: Tensor, swapped: Sequence[int]) -> Tensor:
    """How much a text prefers its pair to the same pair with the dates swapped: a softplus of the margin.

    Among hundreds of pairs the swapped one is a single negative of InfoNCE, though it is the hardest.

    Args:
        logits: (B + S, B + S) scaled similarities of texts and pairs, the swapped pairs and their texts last.
        positive: (B + S, B + S) bool. A text that is true of both orders does not count.
        swapped: S rows of the pairs that stand swapped as well.
    """
    first = torch.as_tensor(swapped, dtype=torch.long, device=logits.device)
    last = torch.arange(len(swapped), device=logits.device) + len(logits) - len(swapped)
    own, other = torch.cat((first, last)), torch.cat((last, first))
    told = positive[own, own] & ~positive[own, other]
    if not told.any():
        return logits.sum() * 0
    margin = logits[own, own] - logits[own, other]
    return F.softplus(-margin[told]).mean()


def wording_loss(logits: Tensor, meanings: Sequence[Meaning | None], swapped: Sequence[int]) -> Tensor:
    """How far wordings of one meaning are from each other, and how near to those of other meanings.

    Ours: "houses replaced forest" and "houses replaced by forest" share their words, and pairs alone are slow
    to tell a text head what the order of the words says.

    Args:
        logits: (B + S, B + S) scaled similarities of sentences with the same restated, those of swapped pairs
            last.
        meanings: Of the sentences; those in free words do not count.
        swapped: S rows of the pairs that stand swapped as well.
    """
    ids = {meaning: number for number, meaning in enumerate(dict.fromkeys(meanings))}
    row = torch.tensor([ids[meaning] for meaning in meanings])
    free = torch.tensor([meaning is None for meaning in meanings])
    same = (row[:, None] == row[None, :]) & ~free
    if not same.any():
        return logits.sum() * 0
    implied = positives(meanings, [() if meaning is None else (meaning,) for meaning in meanings])
    unknown = (implied | implied.T | free | free[:, None]) & ~same
    same, unknown = same.to(logits.device), unknown.to(logits.device)
    return info_nce(logits, same, unknown) + direction_loss(logits, same, swapped)


def presence_loss(logits: Tensor, presence: Tensor) -> Tensor:
    """Sigmoid loss of images against concept phrases, (N, K); entries with presence -1 do not count."""
    known = presence >= 0
    weight = torch.where(presence == 1, 4.0, 1.0) * known
    loss = F.binary_cross_entropy_with_logits(logits, presence.clamp(min=0).float(), reduction="none")
    return (loss * weight).sum() / weight.sum().clamp(min=1)


def phrase_loss(phrases: Tensor, targets: Tensor) -> Tensor:
    """Squared distance of the phrases (M, 2, D) read from a text to the vectors meant (zero for none).

    Rows of targets that are not a number do not count.
    """
    known = ~targets.isnan().flatten(1).any(1)
    if not known.any():
        return phrases.sum() * 0
    return (phrases[known] - targets[known]).square().sum(2).mean()

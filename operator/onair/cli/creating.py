"""Creating a campaign in a cluster, where its TargetSets are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import click

from onair.cli.reaching import plainly
from onair.cluster.client import KubeApi
from onair.cluster.errors import ApiError, ExistsError, NotFoundError
from onair.cluster.resources import CAMPAIGNS, TARGET_SETS
from onair.model.errors import InvalidManifest
from onair.model.parse import parse_target_set
from onair.plan.aims import Named, resolve

if TYPE_CHECKING:
    from datetime import timedelta

    from onair.model.campaigns import CampaignSpec
    from onair.model.targets import TargetSetSpec


def create(body: dict[str, Any], spec: CampaignSpec) -> timedelta:
    """Create a campaign and return the longest lead of its targets.

    Raises:
        click.ClickException: it is there already, one of its TargetSets is not, or the API server
            refuses it or cannot be reached; in plain words.
    """
    namespace, name = body["metadata"]["namespace"], body["metadata"]["name"]
    try:
        return asyncio.run(_create(namespace, name, body, spec))
    except InvalidManifest as error:
        raise click.ClickException(error.message) from error
    except ExistsError as error:
        raise click.ClickException(
            f"there is a campaign {namespace}/{name} already; choose another name or delete it"
        ) from error
    except ApiError as error:
        raise click.ClickException(plainly(error)) from error


async def _create(namespace: str, name: str, body: dict[str, Any], spec: CampaignSpec) -> timedelta:
    api = await KubeApi.connect()
    try:
        sets = {
            reference.name: await _target_set(api, namespace, reference.name)
            for reference in spec.target_sets or ()
        }
        aims = resolve(Named(namespace, name), spec, sets.get)
        await api.create(CAMPAIGNS.path(namespace), body)
    finally:
        await api.close()
    return max(aim.lead for aim in aims)


async def _target_set(
    api: KubeApi, namespace: str, name: str
) -> TargetSetSpec | InvalidManifest | None:
    try:
        return parse_target_set(await api.get(TARGET_SETS.path(namespace, name)))
    except InvalidManifest as error:
        return error
    except NotFoundError:
        return None

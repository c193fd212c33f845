"""A status is written as the API server takes it."""

from datetime import datetime, timedelta, timezone

from onair.model.status import CampaignStatus, TargetStatus, UpcomingAiring, UpcomingMoment

ZONE = timezone(timedelta(hours=1))


def test_status_as_written() -> None:
    """A status has camelCase, UTC instants, and nothing for what is absent."""
    airing = UpcomingAiring(
        airtime="episode",
        warm_up=datetime(2027, 1, 9, 20, 5, tzinfo=ZONE),
        start=datetime(2027, 1, 9, 20, 30, tzinfo=ZONE),
        end=datetime(2027, 1, 9, 21, 35, tzinfo=ZONE),
        moments=(
            UpcomingMoment(at=datetime(2027, 1, 9, 20, 15, tzinfo=ZONE), required=44),
            UpcomingMoment(
                at=datetime(2027, 1, 9, 21, 36, tzinfo=ZONE), required=123, verdict="Ready"
            ),
        ),
        peak_replicas=123,
    )
    status = CampaignStatus(
        observed_generation=3,
        phase="Scheduled",
        summary="Saturday 20:30: ready",
        next="Sat 9 Jan 20:30",
        peak="123",
        ready="0/0",
        upcoming=(airing,),
        targets=(TargetStatus(name="api", kind="Deployment", workload="mol-api", floor=32),),
    )
    assert status.manifest() == {
        "observedGeneration": 3,
        "phase": "Scheduled",
        "summary": "Saturday 20:30: ready",
        "next": "Sat 9 Jan 20:30",
        "peak": "123",
        "ready": "0/0",
        "conditions": [],
        "upcoming": [
            {
                "airtime": "episode",
                "warmUp": "2027-01-09T19:05:00Z",
                "start": "2027-01-09T19:30:00Z",
                "end": "2027-01-09T20:35:00Z",
                "moments": [
                    {"at": "2027-01-09T19:15:00Z", "required": 44},
                    {"at": "2027-01-09T20:36:00Z", "required": 123, "verdict": "Ready"},
                ],
                "peakReplicas": 123,
            }
        ],
        "targets": [
            {
                "name": "api",
                "kind": "Deployment",
                "workload": "mol-api",
                "floor": 32,
                "overlapping": [],
            }
        ],
    }

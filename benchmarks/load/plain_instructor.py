"""instructor as its documentation has it: a Pydantic schema, one asynchronous client, workers."""

import asyncio
from typing import Any

import instructor
from openai import AsyncOpenAI

from load.asking import Job, Records, messages


async def main(job: Job) -> None:
    """Ask for the records of every document."""
    client = instructor.from_openai(
        AsyncOpenAI(base_url=job.base_url, api_key="none"), mode=instructor.Mode.JSON_SCHEMA
    )

    async def answer(text: str) -> dict[str, Any]:
        records = await client.chat.completions.create(
            model="m", response_model=Records, messages=messages(text), temperature=0, max_retries=2
        )
        return records.model_dump(mode="json", exclude_none=True)

    await job.work(answer)


asyncio.run(main(Job.of_command_line()))

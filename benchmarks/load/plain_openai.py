"""The openai client alone: how fast the SDK can be asked, with no validation of what it says."""

import asyncio
import json
from typing import Any

from openai import AsyncOpenAI

from load.asking import RESPONSE_FORMAT, Job, messages


async def main(job: Job) -> None:
    """Ask about every document."""
    client = AsyncOpenAI(base_url=job.base_url, api_key="none")

    async def answer(text: str) -> Any:  # noqa: ANN401  JSON
        told = await client.chat.completions.create(
            model="m", messages=messages(text), response_format=RESPONSE_FORMAT, temperature=0
        )
        return json.loads(told.choices[0].message.content)

    await job.work(answer)


asyncio.run(main(Job.of_command_line()))

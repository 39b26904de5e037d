"""A bare loop on aiohttp: how fast Python can ask at all, with no validation of what it is told."""

import asyncio
import json
from typing import Any

import aiohttp

from load.asking import RESPONSE_FORMAT, Job, messages


async def main(job: Job) -> None:
    """Ask about every document."""
    async with aiohttp.ClientSession() as session:

        async def answer(text: str) -> Any:  # noqa: ANN401  JSON
            body = {
                "model": "m", "messages": messages(text), "response_format": RESPONSE_FORMAT, "temperature": 0
            }  # fmt: skip
            async with session.post(f"{job.base_url}/chat/completions", json=body) as response:
                told = await response.json()
            return json.loads(told["choices"][0]["message"]["content"])

        await job.work(answer)


asyncio.run(main(Job.of_command_line()))

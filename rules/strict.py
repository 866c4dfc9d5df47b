"""What every part of a written rule set is made of."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

#: V source text seen, P partly seen, M from memory, D our default.
Evidence = Literal["V", "P", "M", "D"]
Name = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=60)]


class Strict(BaseModel):
    """Refuses unknown keys, converts nothing silently, cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

-- What is under way for one output, beside it on disk. The output's lines say what is done: is_done is put right
-- by them whenever a command begins.

CREATE TABLE IF NOT EXISTS job (
    settings TEXT NOT NULL -- JSON: what results depend on, as it was at the first submit
);

-- A document is in a batch, or done, or failed, or else open: to be asked, or gone on with.
CREATE TABLE IF NOT EXISTS documents (
    number INTEGER PRIMARY KEY, -- in the order of the input
    key TEXT NOT NULL UNIQUE,
    batch INTEGER REFERENCES batches,
    round INTEGER NOT NULL DEFAULT 0, -- how often it was put into a batch
    tries INTEGER NOT NULL DEFAULT 0, -- of these, since its last answer, how often none came back
    is_done INTEGER NOT NULL DEFAULT 0,
    failure TEXT -- one sentence
);
CREATE INDEX IF NOT EXISTS documents_open ON documents (number)
    WHERE batch IS NULL AND failure IS NULL AND NOT is_done;
CREATE INDEX IF NOT EXISTS documents_by_batch ON documents (batch) WHERE batch IS NOT NULL;

CREATE TABLE IF NOT EXISTS texts (
    document INTEGER PRIMARY KEY REFERENCES documents,
    content TEXT NOT NULL -- JSON of the document as it was read
);

-- Answers to a document's requests, in their order; where there is none for good, the sentence that says why.
CREATE TABLE IF NOT EXISTS replies (
    document INTEGER NOT NULL REFERENCES documents,
    number INTEGER NOT NULL,
    completion TEXT, -- JSON
    price REAL NOT NULL, -- part of the list price; 0 where the answer was known from before
    error TEXT,
    is_too_long INTEGER NOT NULL DEFAULT 0, -- the error is that the request does not fit the model
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS batches (
    number INTEGER PRIMARY KEY,
    token TEXT NOT NULL, -- in the metadata of the batch at its server
    planned_at REAL NOT NULL, -- Unix time
    requests INTEGER NOT NULL,
    file_id TEXT, -- once its file is uploaded
    batch_id TEXT, -- once it is known to be made
    told TEXT -- JSON: what its server said of it in the end, once its answers are here
);

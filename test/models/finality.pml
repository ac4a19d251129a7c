/*
 * Finality of one court's log: docs/design/ledger.md, invariants I1, I2, I3, I6, across one change of
 * epoch (I5: store before answer; I7: liveness.pml).
 *
 *   spin -a -DN=4 -DF=1 -DQ=3 finality.pml && cc -O2 -DSAFETY -o pan pan.c && ./pan
 *
 *   N courts (the owner is one), F of them lie or were restored from a backup, Q cosignatures are final.
 *   HONEST_OWNER  the owner is not among the liars; else it is one of them and signs whatever it likes.
 *   SIGN_FIRST    wrong on purpose: a court answers before it has stored, and may lose what it answered for.
 *   SEAL_BY_FINAL wrong on purpose: an epoch goes on from the largest FINAL that the seals know of, not from the largest
 *                 head that they hold.
 *
 * A head is a node of a binary tree: 1 is the empty log, 2n and 2n+1 are the two things that could follow n. Two heads are
 * consistent when one is an ancestor of the other. Two entries are enough for every conflict that the rules speak of:
 * a rule compares a court's head with one other head.
 *
 * States that differ only in names are searched once: of two heads that nobody has had to do with yet, the first is taken, and with
 * COUNTED courts are kept in the order of their states, so that only their number in each state matters.
 */
#define H      (N - F)          /* honest courts; court 0 is the owner when it is honest */
#define NODES  8                /* two entries deep: 2^(2+1) */
#define EMPTY  1

byte head[H];                   /* what the court holds on its disk and has voted for */
bool answered[H];               /* its cosignature for that head has left */
bool sealed[H];                 /* it has promised to cosign no more in this epoch */
byte knows[H];                  /* the largest FINAL that it was told of */
bool frozen[H];                 /* it holds two heads signed by the owner that do not fit */
byte cosigned[NODES];           /* honest cosignatures of the running epoch */
bool final[NODES];              /* ever final, in any epoch */
bool forked;                    /* the owner was caught: the log ends */
byte owner = EMPTY;             /* an honest owner's last signed head */
byte epoch = 1;
byte seals, lies;               /* seals collected, and how many of them from liars */
byte taken[H];                  /* 1: this court's seal is among them */
byte from = EMPTY;              /* the head that the next epoch goes on from */

/* x is an ancestor of y, or y itself */
#define UPTO(x, y) ((x) == (y) || (x) == (y) / 2 || (x) == (y) / 4)
#define FITS(x, y) (UPTO(x, y) || UPTO(y, x))

byte i, x, y;
bool any;

#ifdef COUNTED
#define RANK(j) ((((((head[j] * 2 + answered[j]) * 2 + sealed[j]) * 2 + frozen[j]) * 2 + taken[j]) * NODES) + knows[j])
inline order() {                /* courts in the order of their states: how many are in each is all that is left */
  d_step {
    do
    :: any = false;
       for (i : 0 .. H - 2) {
         if
         :: RANK(i) > RANK(i + 1) ->
            any = true;
            x = head[i]; head[i] = head[i + 1]; head[i + 1] = x;
            x = answered[i]; answered[i] = answered[i + 1]; answered[i + 1] = x;
            x = sealed[i]; sealed[i] = sealed[i + 1]; sealed[i + 1] = x;
            x = frozen[i]; frozen[i] = frozen[i + 1]; frozen[i + 1] = x;
            x = taken[i]; taken[i] = taken[i + 1]; taken[i + 1] = x;
            x = knows[i]; knows[i] = knows[i + 1]; knows[i + 1] = x
         :: else
         fi
       }
       if :: !any -> break :: else fi
    od;
    i = 0; x = 0; any = false
  }
}
#else
#define order() skip
#endif

inline judge() {                /* whatever has Q cosignatures is final; a liar cosigns whatever it is shown */
  d_step {
    for (x : 2 .. NODES - 1) {
      if :: cosigned[x] > 0 && cosigned[x] + F >= Q -> final[x] = true :: else fi;
      if :: final[x] -> cosigned[x] = 0 :: else fi                                   /* more of them say nothing more */
    }
    for (i : 0 .. H - 1) { if :: final[head[i]] -> answered[i] = true :: else fi }
    for (x : 2 .. NODES - 1) {
      if
      :: final[x] ->
         for (y : 2 .. NODES - 1) { assert(!final[y] || FITS(x, y)) }                /* I1, I2 */
         y = 0;
         for (i : 0 .. H - 1) { if :: UPTO(x, head[i]) -> y++ :: else fi }
         assert(y + F >= Q)                                                          /* I3: on the disks of Q - F honest courts */
      :: else
      fi
    }
#ifdef HONEST_OWNER
    for (i : 0 .. H - 1) { assert(!frozen[i]) }                                      /* I6 */
    assert(!forked);
#endif
    x = 0; y = 0; i = 0
  }
}

inline pick() { i = 0; do :: i < H - 1 -> i++ :: break od }

/* Has anybody to do with something that follows head h? If not, its two children are alike, and one of them is enough. */
inline spoken_of(h) {
  d_step {
    any = (h < from && UPTO(h, from));
    for (y : 0 .. H - 1) { any = any || (h < head[y] && UPTO(h, head[y])) || (h < knows[y] && UPTO(h, knows[y])) }
    for (y : 2 .. NODES - 1) { any = any || (h < y && UPTO(h, y) && (cosigned[y] > 0 || final[y])) }
    y = 0
  }
}

/* what the owner shows for court i to follow its head: one of the two children */
inline shown() {
  x = 2 * head[i];
#ifdef HONEST_OWNER
  /* an honest owner has one history: the child that leads to its own head */
  if :: UPTO(2 * head[i], owner) -> x = 2 * head[i] :: UPTO(2 * head[i] + 1, owner) -> x = 2 * head[i] + 1 :: else -> x = 0 fi
#else
  spoken_of(head[i]);
  if :: x = 2 * head[i] :: any -> x = 2 * head[i] + 1 fi;
  any = false
#endif
}

inline store() {                /* one fsync of size, root, entries and vote; the answer leaves afterwards */
  pick();
  if
  :: !sealed[i] && !frozen[i] && head[i] < NODES / 2 ->
     shown();
     if
     :: x != 0 ->
#ifdef SIGN_FIRST
        cosigned[x]++;
        if :: head[i] = x; answered[i] = true :: skip fi                             /* the power may fail in between */
#else
        head[i] = x; answered[i] = false
#endif
     :: else
     fi
  :: else
  fi; x = 0; i = 0; judge()
}

inline answer() {               /* the cosignature leaves; asked again after a crash, the same one leaves again */
  pick();
  if :: !answered[i] && head[i] != EMPTY && !sealed[i] && !frozen[i] -> cosigned[head[i]]++; answered[i] = true :: else fi;
  i = 0; judge()
}

inline learn() {                /* the owner may tell a court of a FINAL, or not */
  pick();
  x = 2; do :: x < NODES - 1 -> x++ :: break od;
  if :: final[x] && UPTO(knows[i], x) -> knows[i] = x :: else fi; x = 0; i = 0
}

inline take(h, k) {             /* one more seal, that says: I hold h, and know that k is final */
  seals++;
#ifdef SEAL_BY_FINAL
  if :: UPTO(from, k) -> from = k :: else fi
#else
  if :: FITS(from, h) -> if :: UPTO(from, h) -> from = h :: else fi
     :: else -> forked = true                                                        /* two histories under the owner's key */
  fi
#endif
}

inline seal() {                 /* an honest court seals: it promises, and says what it holds */
  pick();
  if :: epoch == 1 && taken[i] == 0 && seals < Q -> sealed[i] = true; taken[i] = 1; take(head[i], knows[i]) :: else fi; i = 0
}

inline lie() {                  /* a liar seals whatever the owner has signed: with a lying owner, any head */
  epoch == 1 && seals < Q && lies < F ->
  lies++;
#ifdef HONEST_OWNER
  x = owner; do :: x > EMPTY -> x = x / 2 :: break od;
#else
  x = EMPTY;
  do :: x < NODES / 2 -> spoken_of(x); if :: x = 2 * x :: any -> x = 2 * x + 1 fi; any = false :: break od;
#endif
  take(x, EMPTY); x = 0
}

inline renew() {                /* Q seals: the next epoch goes on from where no FINAL can be lost, or the log ends */
  epoch == 1 && seals == Q && !forked ->
  epoch = 2;
  for (x : 0 .. NODES - 1) { cosigned[x] = 0 }
  for (i : 0 .. H - 1) {
    sealed[i] = false; taken[i] = 0; answered[i] = false;
#ifdef SEAL_BY_FINAL
    head[i] = from
#else
    if
    :: UPTO(from, head[i])                                                           /* it holds more: kept, never taken back */
    :: !UPTO(from, head[i]) && UPTO(head[i], from) -> head[i] = from                 /* it fetches what it lacks */
    :: !FITS(from, head[i]) -> frozen[i] = true                                      /* evidence, signed by the owner */
    fi
#endif
  }
  x = 0; i = 0
}

inline extend() {               /* an honest owner signs the next head, and never another of the same size */
  owner < NODES / 2 && UPTO(from, owner) -> owner = 2 * owner
}

init {
  atomic { for (i : 0 .. H - 1) { head[i] = EMPTY; knows[i] = EMPTY } i = 0 }
  do
#ifdef HONEST_OWNER
  :: atomic { extend() }
#endif
  :: atomic { store(); order() }
#ifndef SIGN_FIRST
  :: atomic { answer(); order() }
#endif
#ifdef EPOCHS
#ifdef SEAL_BY_FINAL
  :: atomic { learn(); order() }
#endif
  :: atomic { seal(); order() }
  :: atomic { lie() }
  :: atomic { renew(); order() }
#endif
  od
}

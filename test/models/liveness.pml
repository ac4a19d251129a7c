/*
 * Rounds of one honest owner: docs/design/ledger.md, "Rounds", invariant I7: once the owner and q courts (it counts) are honest
 * and connected, every entry that it has accepted becomes FINAL, though it never stops taking more.
 *
 *   spin -a -DN=4 -DQ=3 liveness.pml && cc -O2 -DNFAIR=3 -o pan pan.c && ./pan -a -f -m100000
 *
 *   N courts, Q cosignatures are final. Q - 1 mirrors are honest and, from some time on (calm), connected. The other N - Q
 *   lie, are silent, or come and go, whenever it hurts most.
 *   COUNTED       mirrors are counted, not named: their states are kept in order, and the network is fair to mirrors as a whole,
 *                 not to each. That assumes less, so what is live here is live with a network that is fair to each.
 *
 *   IN_TIME       no push comes late once it is calm: what goes wrong without a rule goes wrong without that help too.
 *   EQUAL_AT_ONCE a mirror repeats its cosignature of the head that it holds whatever old size the owner believes in.
 *   RESUME_PUSHED after a restart the owner takes up the largest head that it ever pushed, not its newest; in one epoch.
 *   ONLY_TARGETS  with RELAYED: the owner signs no head but its targets.
 *
 *   Wrong on purpose, each a rule left out:
 *   NEWEST        the owner turns to its newest head whenever it has one.
 *   RESUME_ANY    after a restart the owner takes up any head above FINAL, not its newest, and keeps to it.
 *   RAISE_ON_ONE  the owner believes whoever answers 409 with more than the target, and turns to its newest head.
 *   RAISE_ON_MANY (with RESUME_ANY) it does so when more courts say so than can lie or be silent together.
 *   BLIND         the owner does not go on from the size that a 409 names.
 *   ASK_ONCE      the owner does not ask again when no answer comes.
 *   WAIT_FOR_ALL  the owner turns to the next head when all have cosigned.
 *   FORGETFUL     a mirror does not hand out again what it cosigned.
 *   OLD_HEADER    in a new epoch the owner takes up its newest head though that head's last batch header is of the epoch before.
 *   RELAYED       a mirror takes the owner's heads from anybody, and the owner publishes every head.
 *   TOO_OLD       a mirror refuses entries for being old.
 *   PUSH_FIRST    the owner pushes before its commit is durable.
 *
 * Sizes grow for ever, and the rules only compare them. So every step ends by renaming the sizes in use to 1, 2, 3, … in their
 * order; what is not above the last FINAL is 1. States that differ in the gaps alone are thereby one state.
 */
#define M      (Q - 1)
#define FINAL  1
#define OPEN   (entry != became_final)   /* afterwards there is nothing left to see */

byte newest = FINAL;            /* the owner's disk: its newest head */
byte pushed;                    /* the largest head that it ever asked a mirror for; 0: not above FINAL */
byte target;                    /* its memory: the head that it asks all mirrors for; 0: none */
bool got[M];                    /* it has this mirror's cosignature of the target */
bool knows[M];                  /* it takes the mirror's size for what that is */
byte lent;                      /* cosignatures of the target that the other N - Q gave */
bool restarted;
bool headed = true;             /* the newest head's last batch header is of this epoch */
byte size[M] = FINAL;           /* a mirror's row: the head that it holds and has cosigned */
bool calm;                      /* the network: no restarts any more, nothing lost */
mtype = { to_come, accepted, became_final };
mtype entry = to_come;          /* one entry, */
byte place;                     /* under this head for the first time */
#ifdef ASK_ONCE
bool gone[M];                   /* no answer came */
#endif
#ifdef RAISE_ON_MANY
bool above[M];                  /* answered 409 with more than the target */
byte others_above;
#endif
#ifdef OLD_HEADER
bool unfit;                     /* the target's last batch header is not of this epoch: mirrors hold it and vouch for nothing */
#else
#define unfit false
#endif
#ifdef TOO_OLD
bool aged;                      /* the target's entries are old */
#endif

ltl i7 { [] ((calm && entry == accepted) -> <> (entry == became_final)) }

byte i, v;
bool any;

/* has(0) + … over the mirrors, and a choice of one of them */
#if M == 2
#define SUM(has) (has[0] + has[1])
#define EACH(can, act) :: atomic { can(0) -> act(0); tidy() } :: atomic { can(1) -> act(1); tidy() }
#elif M == 3
#define SUM(has) (has[0] + has[1] + has[2])
#define EACH(can, act) :: atomic { can(0) -> act(0); tidy() } :: atomic { can(1) -> act(1); tidy() } :: atomic { can(2) -> act(2); tidy() }
#else
#define SUM(has) (has[0] + has[1] + has[2] + has[3])
#define EACH(can, act) :: atomic { can(0) -> act(0); tidy() } :: atomic { can(1) -> act(1); tidy() } \
  :: atomic { can(2) -> act(2); tidy() } :: atomic { can(3) -> act(3); tidy() }
#endif

#ifdef COUNTED
#define RANK(j) ((size[j] * 2 + got[j]) * 2 + knows[j])
inline order() {
  do
  :: any = false;
     for (i : 0 .. M - 2) {
       if
       :: RANK(i) > RANK(i + 1) ->
          any = true;
          v = size[i]; size[i] = size[i + 1]; size[i + 1] = v;
          v = got[i]; got[i] = got[i + 1]; got[i + 1] = v;
          v = knows[i]; knows[i] = knows[i + 1]; knows[i + 1] = v
       :: else
       fi
     }
     if :: !any -> break :: else fi
  od
}
#else
#define order() skip
#endif

/* renames the sizes in use */
inline tidy() {
  d_step {
    for (i : 0 .. M - 1) {
      assert(size[i] <= newest);                                 /* no mirror holds what the owner has not */
#if !defined(RESUME_ANY) && (!defined(RELAYED) || defined(ONLY_TARGETS))
      assert(target == 0 || size[i] <= target)                   /* and none holds more than the target */
#endif
    }
    v = newest - 1;
    do
    :: v > FINAL ->
       any = (target == v || place == v || pushed == v);
       for (i : 0 .. M - 1) { any = any || size[i] == v }
       if
       :: !any ->
          newest--;
          if :: target > v -> target-- :: else fi;
          if :: place > v -> place-- :: else fi;
          if :: pushed > v -> pushed-- :: else fi;
          for (i : 0 .. M - 1) { if :: size[i] > v -> size[i]-- :: else fi }
       :: else
       fi;
       v--
    :: else -> break
    od;
    order();
    i = 0; v = 0; any = false
  }
}

/* ---- the owner */

inline turn(head) {             /* it asks for another head, or for none */
  target = head; lent = 0;
  if :: target > pushed -> pushed = target :: else fi;
  for (i : 0 .. M - 1) {
    got[i] = false;
#ifdef RAISE_ON_MANY
    above[i] = false; others_above = 0;
#endif
#ifdef ASK_ONCE
    gone[i] = false;
#endif
  }
#ifdef TOO_OLD
  aged = false
#endif
}

inline choose() {
  atomic {
    target == 0 && newest > FINAL ->
#ifdef OLD_HEADER
    unfit = !headed;
#else
    if :: !headed -> newest++; headed = true :: else fi;      /* a batch of its header alone */
#endif
    v = newest;
#ifdef RESUME_ANY
    do :: restarted && v > FINAL + 1 -> v-- :: break od;
#endif
#ifdef RESUME_PUSHED
    if :: restarted && pushed > FINAL -> v = pushed :: else fi;
#endif
    restarted = false;
    turn(v);
    /* a push of the round before may arrive before the first of this one */
    for (i : 0 .. M - 1) { if :: size[i] < target -> knows[i] = false :: true fi }
    tidy()
  }
}

#ifdef WAIT_FOR_ALL
#define ENOUGH N
#else
#define ENOUGH Q
#endif
#define UP(s) (s > v -> s - v + 1 : FINAL)
inline finish() {               /* its own cosignature is the first; FINAL is on its disk, receipts leave */
  atomic {
    target != 0 && 1 + SUM(got) + lent >= ENOUGH ->
    d_step {
      if :: entry == accepted && place <= target -> entry = became_final; place = 0 :: else fi;
      v = target; turn(0);
      for (i : 0 .. M - 1) { size[i] = UP(size[i]) }
      newest = UP(newest); pushed = (pushed > v -> UP(pushed) : 0);
      if :: place != 0 -> place = UP(place) :: else fi
    }
    tidy()
  }
}

/* ---- the owner asks mirror m, and hears its answer */

#ifdef ASK_ONCE
#define MAY_ASK(m) (target != 0 && !got[m] && !gone[m])
#else
#define MAY_ASK(m) (target != 0 && !got[m])
#endif
#ifdef TOO_OLD
#define FRESH !aged
#else
#define FRESH true
#endif

#ifdef EQUAL_AT_ONCE
#define CAN_REPEAT(m) !unfit
#else
#define CAN_REPEAT(m) (knows[m] && !unfit)
#endif

inline ask(m) {
  if
  :: knows[m] && size[m] < target && FRESH -> size[m] = target; got[m] = !unfit    /* one fsync of entries, row and vote */
#ifndef FORGETFUL
  :: size[m] == target && CAN_REPEAT(m) -> got[m] = true                    /* the cosignature that it keeps */
#endif
  :: else ->                                                            /* 409 with its size */
#ifndef BLIND
     knows[m] = true;
#endif
     if
     :: size[m] > target ->
#ifdef RAISE_ON_ONE
        turn(newest);
#endif
#ifdef RAISE_ON_MANY
        above[m] = true;
#endif
     :: else
     fi
  fi
}

#define MAY_LOSE(m) (!calm && MAY_ASK(m))
inline lose(m) {                /* the answer; lost pushes change nothing */
  if :: knows[m] && size[m] < target && FRESH -> size[m] = target; knows[m] = false :: else fi;
#ifdef ASK_ONCE
  gone[m] = true
#endif
}

#ifdef IN_TIME
#define MAY_COME_LATE(m) (!calm && pushed > size[m])
#else
#define MAY_COME_LATE(m) (pushed > size[m])
#endif
inline come_late(m) {           /* a push of an earlier round, of an earlier life, or a second time */
  size[m] = pushed; knows[m] = false
}

#ifdef COUNTED
active proctype Mirrors() provided (OPEN) { do EACH(MAY_ASK, ask) od }
#else
active proctype Mirror0() provided (OPEN) { do :: atomic { MAY_ASK(0) -> ask(0); tidy() } od }
active proctype Mirror1() provided (OPEN) { do :: atomic { MAY_ASK(1) -> ask(1); tidy() } od }
#if M > 2
active proctype Mirror2() provided (OPEN) { do :: atomic { MAY_ASK(2) -> ask(2); tidy() } od }
#endif
#if M > 3
active proctype Mirror3() provided (OPEN) { do :: atomic { MAY_ASK(3) -> ask(3); tidy() } od }
#endif
#endif

active proctype Owner() provided (OPEN) {
  do
  :: choose()
  :: finish()
#ifdef NEWEST
  :: atomic { target != 0 && newest > target -> turn(newest); tidy() }
#endif
#ifdef RAISE_ON_MANY
  :: atomic { target != 0 && newest > target && SUM(above) + others_above > N - Q -> turn(newest); tidy() }
#endif
  od
}

active proctype Clients() provided (OPEN) {
  do
  :: atomic { newest++; headed = true; if :: entry == to_come -> entry = accepted; place = newest :: true fi; tidy() }
  :: any = false                /* or nobody comes */
  od
}

/* ---- what nobody can count on */

#ifdef ONLY_TARGETS
#define SIGNED target
#else
#define SIGNED newest
#endif
#define MAY_RELAY(m) (SIGNED > size[m])
inline relay(m) { size[m] = SIGNED; knows[m] = false }

active proctype Others() provided (OPEN) {
  do
  :: any = false
  :: atomic { target != 0 && lent < N - Q -> lent++; tidy() }
  EACH(MAY_COME_LATE, come_late)
#ifdef RAISE_ON_ONE
  :: atomic { target != 0 && newest > target -> turn(newest); tidy() }
#endif
#ifdef RAISE_ON_MANY
  :: atomic { target != 0 && others_above < N - Q -> others_above++ }
#endif
#ifdef RELAYED
  EACH(MAY_RELAY, relay)
#endif
  od
}

active proctype Weather() provided (OPEN) {
  do
  EACH(MAY_LOSE, lose)
  :: atomic {                   /* the owner falls and comes back with what is on its disk */
       !calm ->
#ifdef PUSH_FIRST
       do :: newest > FINAL -> newest-- :: break od;
       if :: place > newest -> place = 0; entry = to_come :: else fi;
#endif
       turn(0); restarted = true;
       for (i : 0 .. M - 1) { knows[i] = false }
       tidy()
     }
#ifndef RESUME_PUSHED
  :: atomic {                   /* another epoch begins: cosignatures of the one before count no more */
       !calm ->
       turn(0); headed = false; tidy()
     }
#endif
#ifdef TOO_OLD
  :: atomic { !calm && target != 0 -> aged = true }
#endif
  :: calm = true; break
  od
}

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { AskedGrant, Display, Grant, Person } from '../../pipelines/domain/person.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import { ErrorBody } from '../contract/http.ts';
import {
  DisplayAsk,
  DisplayToken,
  EnableAsk,
  GrantAsk,
  Invited,
  PeoplePage,
  PersonAsk,
  SettleAsk,
  Waits,
} from '../contract/people.ts';
import type { AskedGrantRow, DisplayRow, PersonRow } from '../contract/people.ts';
import { strict } from '../contract/shapes.ts';
import type { Refused } from '../people/people-desk.ts';
import { HttpFault } from './faults.ts';
import type { PeopleParts } from './people-parts.ts';
import { forRoles, viewerOf } from './policy.ts';

const Nothing = Type.Object({}, strict);
const PersonParams = Type.Object({ person: Type.String({ minLength: 1, maxLength: 64 }) }, strict);
const NumberParams = Type.Object({ number: Type.Integer({ minimum: 1 }) }, strict);
const failures = { 400: ErrorBody, 409: ErrorBody };
const config = { policy: forRoles('none', 'securityAdmin') };
const tags = ['people'];

/** 人员: for security administrators alone. The desk writes down what is done; the trail that it was asked. */
export function peopleRoutes(app: FastifyInstance, { area, regionName }: PeopleParts): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const { desk } = area;
  const shown = showing(regionName);

  api.get(
    '/people',
    {
      config,
      schema: { summary: 'Everybody who may sign in', tags, querystring: Nothing, response: { 200: PeoplePage } },
    },
    async (request) => {
      const { people, asked, displays } = desk.list();
      const names = new Map(people.map(({ id, name }) => [id, name]));
      return {
        own: viewerOf(request).id,
        people: people.map(shown.person),
        asked: asked.map((grant) => shown.asked(grant, names)),
        displays: displays.map(shown.display),
      };
    },
  );

  api.post(
    '/people',
    {
      config,
      schema: {
        summary: 'A person, and the one-time link by which they choose a password',
        tags,
        body: PersonAsk,
        response: { 201: Invited, ...failures },
      },
    },
    async (request, reply) => {
      const { name, ...grant } = request.body;
      return reply.code(201).send(orRefuse(desk.add(viewerOf(request), name, grantOf(grant))));
    },
  );

  api.post(
    '/people/:person/grant',
    {
      config,
      schema: {
        summary: 'Other roles, regions or account; waits for a second security administrator where there is one',
        tags,
        params: PersonParams,
        body: GrantAsk,
        response: { 200: Waits, ...failures },
      },
    },
    async (request) => orRefuse(desk.grant(viewerOf(request), request.params.person, grantOf(request.body))),
  );

  api.post(
    '/grants/:number',
    {
      config,
      schema: {
        summary: 'The word of the second one',
        tags,
        params: NumberParams,
        body: SettleAsk,
        response: { 200: Nothing, ...failures },
      },
    },
    async (request) => {
      orRefuse(desk.settle(viewerOf(request), request.params.number, request.body.agreed));
      return {};
    },
  );

  api.post(
    '/people/:person/enabled',
    {
      config,
      schema: {
        summary: 'Disabling ends sessions and screens within five seconds',
        tags,
        params: PersonParams,
        body: EnableAsk,
        response: { 200: EnableAsk, ...failures },
      },
    },
    async (request) => orRefuse(desk.enable(viewerOf(request), request.params.person, request.body.enabled)),
  );

  api.post(
    '/people/:person/invitation',
    {
      config,
      schema: {
        summary: 'A new one-time link for somebody who lost password or second factor',
        tags,
        params: PersonParams,
        body: Nothing,
        response: { 201: Invited, ...failures },
      },
    },
    async (request, reply) => {
      const { person } = request.params;
      return reply.code(201).send({ person, ...orRefuse(desk.invite(viewerOf(request), person)) });
    },
  );

  api.post(
    '/displays',
    {
      config,
      schema: {
        summary: 'A token for a wall screen, bound to a region and shown once',
        tags,
        body: DisplayAsk,
        response: { 201: DisplayToken, ...failures },
      },
    },
    async (request, reply) => {
      const { name, region } = request.body;
      return reply.code(201).send(orRefuse(desk.addDisplay(viewerOf(request), name, region as Display['region'])));
    },
  );

  api.post(
    '/displays/:number/remove',
    {
      config,
      schema: {
        summary: 'The screen is shut out within five seconds',
        tags,
        params: NumberParams,
        body: Nothing,
        response: { 200: Nothing, ...failures },
      },
    },
    async (request) => {
      orRefuse(desk.removeDisplay(viewerOf(request), request.params.number));
      return {};
    },
  );
}

/** @throws HttpFault 409 with the reason */
function orRefuse<T extends object>(answer: Refused | T): T {
  if ('refused' in answer) throw new HttpFault(409, 'refused', answer.refused);
  return answer;
}

const grantOf = ({ roles, regions, account }: GrantAsk): Grant => ({
  ...{ roles, account },
  regions: regions as Grant['regions'],
});

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

function showing(regionName: (code: RegionCode) => string) {
  const regionsOf = (regions: Grant['regions']): PersonRow['regions'] =>
    regions === 'all' ? null : regions.map((code) => ({ code, name: regionName(code) }));
  return {
    person: ({ roles, regions, createdAt, passwordAt, ...rest }: Person): PersonRow => ({
      ...rest,
      roles: [...roles],
      regions: regionsOf(regions),
      createdAt: iso(createdAt),
      passwordAt: isoOrNull(passwordAt),
    }),
    asked: ({ roles, regions, at, by, ...rest }: AskedGrant, names: ReadonlyMap<string, string>): AskedGrantRow => ({
      ...rest,
      roles: [...roles],
      regions: regionsOf(regions),
      by: names.get(by) ?? by,
      at: iso(at),
    }),
    display: ({ id, name, region, createdAt, lastAt }: Display): DisplayRow => ({
      ...{ id, name },
      region: region === 'all' ? null : { code: region, name: regionName(region) },
      createdAt: iso(createdAt),
      lastAt: isoOrNull(lastAt),
    }),
  };
}
